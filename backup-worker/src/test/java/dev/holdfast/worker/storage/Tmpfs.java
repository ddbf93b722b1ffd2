package dev.holdfast.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system of its own, for the faults that only the kernel can make. */
public final class Tmpfs implements AutoCloseable {
    private final Path directory;

    private Tmpfs(Path directory) {
        this.directory = directory;
    }

    /** Mounts one; the test is skipped where this user may not mount. */
    public static Tmpfs mount(Path directory, String options) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        assumeTrue(
                Command.run("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString())
                                .exitCode()
                        == 0,
                "this user may not mount file systems");
        return new Tmpfs(directory);
    }

    public Path directory() {
        return directory;
    }

    public void remount(String options) throws IOException, InterruptedException {
        var remount = Command.run("mount", "-o", "remount," + options, directory.toString());
        assertThat(remount.exitCode()).as(remount.output()).isZero();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Command.run("umount", "--lazy", directory.toString());
    }
}
