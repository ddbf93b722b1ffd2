package dev.holdfast.worker.dump;

import dev.holdfast.worker.storage.UnixAttributes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Makes directories that only the worker's user can enter, and clears away those of workers that were killed: passwords must not
 * outlive the run. A name holds its worker's process id and start time, because a container has process 1 again and again.
 */
@Component
public class PrivateDirectories {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateDirectories.class);
    private static final Pattern NAME = Pattern.compile("holdfast-(\\d+)-(0|\\d{13})-\\d+");

    private static final int OWNER_ALONE = 0700;

    private final Path root;
    private final String prefix;

    PrivateDirectories(DumpSettings settings) {
        root = settings.privateRoot();
        var self = ProcessHandle.current();
        prefix = "holdfast-%d-%d-".formatted(self.pid(), startOf(self));
        sweep();
    }

    /** Whether a directory is one of those, of whichever worker, by its name and its mode. */
    public static boolean isOne(Path directory, UnixAttributes attributes) {
        var name = directory.getFileName();
        return attributes.mode() == OWNER_ALONE
                && name != null
                && NAME.matcher(name.toString()).matches();
    }

    Path create() throws IOException {
        Files.createDirectories(root);
        return Files.createTempDirectory(
                root, prefix, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    static void delete(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            LOG.warn("{} holds a source's connection and could not be deleted", directory, e);
        }
    }

    private void sweep() {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (var entries = Files.newDirectoryStream(root, "holdfast-*")) {
            for (var entry : entries) {
                if (isLeftOver(entry.getFileName().toString())) {
                    delete(entry);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} could not be searched for directories of dead workers", root, e);
        }
    }

    private static boolean isLeftOver(String name) {
        var parts = NAME.matcher(name);
        if (!parts.matches()) {
            return false;
        }
        var started = Long.parseLong(parts.group(2));
        return ProcessHandle.of(Long.parseLong(parts.group(1)))
                .map(owner -> startOf(owner) != started)
                .orElse(true);
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
