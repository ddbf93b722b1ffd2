package dev.holdfast.worker.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.dump.ToolLauncher;
import dev.holdfast.worker.media.MediaArchives;
import dev.holdfast.worker.step.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaArchiveReadTest {
    @TempDir
    private Path directory;

    private final ToolLauncher launcher = new ToolLauncher();
    private final FullReadCheck check = new FullReadCheck(launcher);
    private Path archive;
    private byte[] content;

    @AfterEach
    void close() {
        launcher.close();
    }

    @BeforeEach
    void makeArchive() throws IOException {
        var media = Files.createDirectory(directory.resolve("media"));
        var random = new byte[300_000];
        new Random(1).nextBytes(random);
        Files.write(media.resolve("one"), random);
        Files.writeString(media.resolve("two"), "text ".repeat(50_000));
        var backup = Files.createDirectory(directory.resolve("backup"));
        archive = MediaArchives.make(media, backup);
        content = Files.readAllBytes(archive);
    }

    @Test
    void a_sound_archive_passes_and_is_hashed() {
        assertThat(check.verify(archive.getParent(), null, new StopSignal()))
                .singleElement()
                .satisfies(artifact -> assertThat(artifact.file()).isEqualTo("media.tar.zst"))
                .satisfies(artifact -> assertThat(artifact.sizeBytes()).isEqualTo(content.length));
    }

    @Test
    void a_flip_of_any_bit_is_found() throws IOException {
        var random = new Random(20261123);
        for (int i = 0; i < 200; i++) {
            var damaged = content.clone();
            damaged[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));

            assertInvalid(damaged);
        }
    }

    @Test
    void a_cut_anywhere_is_found() throws IOException {
        var random = new Random(20261123);
        assertInvalid(Arrays.copyOf(content, content.length - 1));
        assertInvalid(Arrays.copyOf(content, content.length / 2));
        assertInvalid(new byte[0]);
        for (int i = 0; i < 100; i++) {
            assertInvalid(Arrays.copyOf(content, random.nextInt(content.length)));
        }
    }

    @Test
    void an_entry_that_is_missing_is_found_by_the_count() throws IOException {
        var other = Files.createDirectory(directory.resolve("other"));
        Files.delete(directory.resolve("media/two"));
        var smaller = Files.readAllBytes(MediaArchives.make(directory.resolve("media"), other));
        int tally = 8
                + "holdfast media entries=%019d bytes=%019d\n"
                        .formatted(3, 550_000)
                        .length();
        System.arraycopy(content, content.length - tally, smaller, smaller.length - tally, tally);

        assertThat(assertInvalid(smaller).detail()).contains("entries=3", "entries=2");
    }

    private Failure assertInvalid(byte[] bytes) throws IOException {
        Files.write(archive, bytes);
        var failure = catchThrowableOfType(
                        BackupException.class, () -> check.verify(archive.getParent(), null, new StopSignal()))
                .failure();
        assertThat(failure.code()).isEqualTo(FailureCode.ARTIFACT_INVALID);
        return failure;
    }
}
