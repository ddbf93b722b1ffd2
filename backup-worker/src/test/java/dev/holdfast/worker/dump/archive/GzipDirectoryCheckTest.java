package dev.holdfast.worker.dump.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.step.StopSignal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipDirectoryCheckTest {
    private static final String ROWS = "1\n2\n3\n";

    @TempDir
    private Path temporary;

    private final StopSignal stop = new StopSignal();
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        directory = write("database", 1000);
    }

    private Path write(String name, int bytesOfFirstTable) throws IOException {
        var archive = CustomArchive.begun()
                .table(7)
                .table(8)
                .entry(9, "BLOBS", true)
                .data(7, DirectoryRepackerTest.someBytes(bytesOfFirstTable))
                .data(8, ROWS.getBytes(StandardCharsets.US_ASCII))
                .largeObjects(9, Map.of(16400, new byte[] {1, 2, 3}));
        var target = temporary.resolve(name);
        new DirectoryRepacker(2).repack(new ByteArrayInputStream(archive.bytes()), target, (bytes, tables) -> {}, stop);
        return target;
    }

    @Test
    void what_was_written_is_found_whole() {
        assertThatCode(() -> new GzipDirectoryCheck(2).verify(directory, stop)).doesNotThrowAnyException();
    }

    @Test
    void a_flipped_bit_is_found_unless_it_means_nothing() throws IOException {
        var file = directory.resolve("8.dat.gz");
        var whole = Files.readAllBytes(file);
        int meaningless = 0;

        for (int at = 0; at < whole.length * 8; at++) {
            var damaged = whole.clone();
            damaged[at / 8] ^= (byte) (1 << at % 8);
            Files.write(file, damaged);
            if (isFound()) {
                continue;
            }
            assertThat(new GZIPInputStream(new ByteArrayInputStream(damaged)).readAllBytes())
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo(ROWS);
            meaningless++;
        }

        assertThat(meaningless)
                .as("bits between the end of the data and the next byte")
                .isLessThan(2 * 8);
    }

    private boolean isFound() throws IOException {
        try {
            new GzipDirectoryCheck(1, JdkCodec::new).verify(directory, stop);
            return false;
        } catch (BackupException e) {
            return e.failure().code() == FailureCode.ARTIFACT_INVALID;
        }
    }

    @Test
    void a_file_that_is_cut_anywhere_is_found() throws IOException {
        var file = directory.resolve("8.dat.gz");
        var whole = Files.readAllBytes(file);

        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertInvalid();
        }
    }

    @Test
    void lost_doubled_and_moved_members_are_found() throws IOException {
        directory = write("larger", 3_500_000);
        var file = directory.resolve("7.dat.gz");
        var members = members(Files.readAllBytes(file));
        assertThat(members).hasSize(5);

        for (var order : List.of(
                List.of(0, 1, 2, 3),
                List.of(0, 1, 3, 4),
                List.of(1, 2, 3, 4),
                List.of(0, 0, 1, 2, 3, 4),
                List.of(1, 0, 2, 3, 4),
                List.of(0, 1, 2, 3, 4, 4),
                List.of(4, 0, 1, 2, 3),
                List.<Integer>of())) {
            var rearranged = new ByteArrayOutputStream();
            order.forEach(number -> rearranged.writeBytes(members.get(number)));
            Files.write(file, rearranged.toByteArray());
            assertInvalid();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"toc.dat", "7.dat.gz", "8.dat.gz", "blobs.toc", "blob_16400.dat.gz"})
    void a_missing_file_is_found(String name) throws IOException {
        Files.delete(directory.resolve(name));

        assertInvalid();
    }

    @ParameterizedTest
    @ValueSource(strings = {"toc.dat", "7.dat.gz", "blobs.toc"})
    void bytes_after_the_end_are_found(String name) throws IOException {
        Files.write(directory.resolve(name), new byte[40], StandardOpenOption.APPEND);

        assertInvalid();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.dat", "6.dat.gz", "note.txt"})
    void a_file_that_does_not_belong_there_is_found(String name) throws IOException {
        Files.write(directory.resolve(name), new byte[0]);

        assertInvalid();
    }

    @ParameterizedTest
    @ValueSource(strings = {"16400 ../../passwd\n", "16400\n", " blob_.dat\n", "x blob_x.dat\n"})
    void a_strange_list_of_large_objects_is_found(String list) throws IOException {
        Files.writeString(directory.resolve("blobs.toc"), list);

        assertInvalid();
    }

    @Test
    void a_stop_ends_it() {
        stop.stop(Failure.of(FailureCode.CANCELLED, "enough", "", Map.of()));

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> new GzipDirectoryCheck(1).verify(directory, stop))
                .satisfies(stopped -> assertThat(stopped.failure().code()).isEqualTo(FailureCode.CANCELLED));
    }

    private void assertInvalid() {
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> new GzipDirectoryCheck(2).verify(directory, stop))
                .satisfies(found -> assertThat(found.failure().code()).isEqualTo(FailureCode.ARTIFACT_INVALID));
    }

    private static List<byte[]> members(byte[] file) {
        var members = new ArrayList<byte[]>();
        for (int at = 0; at < file.length; ) {
            int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(at + 16);
            members.add(Arrays.copyOfRange(file, at, at + length));
            at += length;
        }
        return members;
    }
}
