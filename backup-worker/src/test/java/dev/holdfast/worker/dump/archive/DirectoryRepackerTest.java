package dev.holdfast.worker.dump.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.step.StopSignal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DirectoryRepackerTest {
    private static final int ROWS = 7;
    private static final int OBJECTS = 9;

    @TempDir
    private Path temporary;

    private final StopSignal stop = new StopSignal();

    static Stream<Supplier<DeflateCodec>> codecs() {
        return Stream.of(DeflateCodec::create, JdkCodec::new);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void data_comes_out_of_any_gzip_as_it_went_in(Supplier<DeflateCodec> codec) throws IOException {
        var large = someBytes(5_300_000);
        var archive = CustomArchive.begun()
                .entry(1, "ENCODING", false)
                .table(ROWS)
                .table(8)
                .entry(OBJECTS, "BLOBS", true)
                .data(ROWS, "1\ta\n".getBytes(StandardCharsets.UTF_8), large, "\\.\n".getBytes(StandardCharsets.UTF_8))
                .data(8)
                .largeObjects(OBJECTS, Map.of(16400, large, -294967296, new byte[0]));

        var directory = repack(archive.bytes(), new DirectoryRepacker(3, codec));

        assertThat(unpacked(directory, "7.dat.gz"))
                .startsWith("1\ta\n".getBytes(StandardCharsets.UTF_8))
                .hasSize(5_300_007);
        assertThat(unpacked(directory, "8.dat.gz")).isEmpty();
        assertThat(unpacked(directory, "blob_16400.dat.gz")).isEqualTo(large);
        assertThat(unpacked(directory, "blob_4000000000.dat.gz")).isEmpty();
        assertThat(Files.readAllLines(directory.resolve("blobs.toc")))
                .containsExactlyInAnyOrder("16400 blob_16400.dat", "4000000000 blob_4000000000.dat");
        new GzipDirectoryCheck(3, codec).verify(directory, stop);
    }

    @Test
    void a_stream_that_is_cut_anywhere_is_refused() throws IOException {
        var whole = CustomArchive.begun()
                .table(ROWS)
                .entry(OBJECTS, "BLOBS", true)
                .data(ROWS, new byte[] {1, 2, 3}, new byte[] {4})
                .largeObjects(OBJECTS, Map.of(5, new byte[] {5, 6}))
                .bytes();
        repack(whole, new DirectoryRepacker(1, JdkCodec::new));

        for (int length = 0; length < whole.length; length += inTheMiddle(length, whole.length) ? 211 : 1) {
            var cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(BrokenArchiveException.class)
                    .as("cut after %d of %d bytes", length, whole.length)
                    .isThrownBy(() -> repack(cut, new DirectoryRepacker(1, JdkCodec::new)));
        }
    }

    static Stream<CustomArchive> strange_archives() {
        var noise = new CustomArchive();
        noise.head.writeBytes(someBytes(100_000));
        return Stream.of(
                noise,
                new CustomArchive(),
                CustomArchive.begun(new int[] {1, 13, 0}, 1, 0),
                CustomArchive.begun(new int[] {1, 15, 0}, 1, 0),
                CustomArchive.begun(new int[] {1, 16, 0}, 1, 0),
                CustomArchive.begun(new int[] {1, 14, 0}, 1, 6),
                CustomArchive.begun(new int[] {1, 14, 0}, 3, 0),
                CustomArchive.begun().table(ROWS),
                CustomArchive.begun().table(ROWS).table(ROWS).data(ROWS).data(ROWS),
                CustomArchive.begun().table(ROWS).data(ROWS).data(ROWS),
                CustomArchive.begun().table(ROWS).data(8),
                CustomArchive.begun().entry(ROWS, "TABLE", false).data(ROWS),
                CustomArchive.begun().table(ROWS).data(2, ROWS),
                CustomArchive.begun().table(ROWS).data(3, ROWS),
                CustomArchive.begun().entry(ROWS, "BLOBS", true).data(1, ROWS),
                CustomArchive.begun().entry(ROWS, "BLOBS", true).table(8).data(8));
    }

    @ParameterizedTest
    @MethodSource("strange_archives")
    void what_is_not_understood_is_refused(CustomArchive archive) {
        assertThatExceptionOfType(BrokenArchiveException.class)
                .isThrownBy(() -> repack(archive.bytes(), new DirectoryRepacker(1, JdkCodec::new)));
    }

    @Test
    void progress_never_goes_back_and_ends_with_what_is_on_the_volume() throws IOException {
        var archive = CustomArchive.begun()
                .table(ROWS)
                .table(8)
                .data(ROWS, someBytes(9_000_000))
                .data(8, someBytes(5));
        List<Long> bytes = new ArrayList<>();
        List<Integer> tables = new ArrayList<>();
        var directory = temporary.resolve("database");

        new DirectoryRepacker(2)
                .repack(
                        new ByteArrayInputStream(archive.bytes()),
                        directory,
                        (written, done) -> {
                            bytes.add(written);
                            tables.add(done);
                        },
                        stop);

        assertThat(bytes).isSorted().hasSizeGreaterThan(9).last().isEqualTo(sizeOf(directory));
        assertThat(tables).isSorted().last().isEqualTo(2);
    }

    @Test
    void a_stop_ends_it_and_its_reason_comes_out() {
        var endless = new InputStream() {
            private final InputStream start = new ByteArrayInputStream(
                    CustomArchive.begun().table(ROWS).data(ROWS, new byte[] {1}).bytes());
            private int calls;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (calls++ == 0) {
                    return start.read(bytes, offset, start.available() - 5);
                }
                if (calls == 50) {
                    stop.stop(Failure.of(FailureCode.CANCELLED, "enough", "", Map.of()));
                }
                var piece = new byte[] {0, 120, 0, 0, 0};
                int count = 0;
                while (count + 125 <= length) {
                    System.arraycopy(piece, 0, bytes, offset + count, piece.length);
                    count += 125;
                }
                return count;
            }
        };

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> new DirectoryRepacker(2)
                        .repack(endless, temporary.resolve("database"), (bytes, tables) -> {}, stop))
                .satisfies(stopped -> assertThat(stopped.failure().code()).isEqualTo(FailureCode.CANCELLED));
    }

    @Test
    void the_end_of_a_stopped_tool_is_not_called_damage() {
        stop.stop(Failure.of(FailureCode.TIMED_OUT, "too long", "", Map.of()));

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> repack(new byte[0], new DirectoryRepacker(1)))
                .satisfies(stopped -> assertThat(stopped.failure().code()).isEqualTo(FailureCode.TIMED_OUT));
    }

    /** Where a long string of the schema takes most of the room. */
    private static boolean inTheMiddle(int length, int whole) {
        return length > 300 && length < whole - 400;
    }

    private Path repack(byte[] archive, DirectoryRepacker repacker) throws IOException {
        var directory = Files.createTempDirectory(temporary, "run").resolve("database");
        repacker.repack(new ByteArrayInputStream(archive), directory, (bytes, tables) -> {}, stop);
        return directory;
    }

    private static byte[] unpacked(Path directory, String name) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(directory.resolve(name)))) {
            return in.readAllBytes();
        }
    }

    private static long sizeOf(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /** Half of it compresses. */
    static byte[] someBytes(int count) {
        var bytes = new byte[count];
        new Random(42).nextBytes(bytes);
        Arrays.fill(bytes, 0, count / 2, (byte) 'x');
        return bytes;
    }
}
