package dev.holdfast.worker.dump.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeflateCodecTest {
    private static final Map<String, byte[]> DATA = Map.of(
            "nothing", new byte[0],
            "one byte", new byte[] {7},
            "one value", new byte[300_000],
            "random", random(Chunk.RAW_SIZE),
            "random in hexadecimal", hexadecimal(Chunk.RAW_SIZE),
            "text",
                    "the quick brown fox jumps over the lazy dog\n"
                            .repeat(20_000)
                            .getBytes(StandardCharsets.UTF_8),
            "every value but one once", values(),
            "frequencies that double", doubling());

    /** JUnit closes them. */
    static Stream<DeflateCodec> codecs() {
        return Stream.of(DeflateCodec.create(), new JdkCodec());
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void every_effort_writes_what_any_zlib_reads(DeflateCodec codec) throws DataFormatException {
        for (int effort = 0; effort < codec.efforts(); effort++) {
            for (var data : DATA.entrySet()) {
                var packed = compress(codec, data.getValue(), effort);

                assertThat(inflated(packed, data.getValue().length))
                        .as("%s at effort %d", data.getKey(), effort)
                        .isEqualTo(data.getValue());
                assertThat(decompressed(codec, packed, data.getValue().length)).isEqualTo(data.getValue());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void a_wrong_size_or_a_cut_is_refused(DeflateCodec codec) {
        var data = Arrays.copyOf(hexadecimal(4000), 4000);
        var packed = compress(codec, data, codec.efforts() - 1);

        assertRefused(codec, packed, data.length - 1);
        assertRefused(codec, packed, data.length + 1);
        assertRefused(codec, Arrays.copyOf(packed, packed.length - 1), data.length);
        assertRefused(codec, Arrays.copyOf(packed, packed.length + 1), data.length);
        assertRefused(codec, new byte[] {(byte) 255, 1, 2}, data.length);
    }

    @Test
    void hexadecimal_needs_hardly_more_than_half_its_size_without_a_search() {
        try (var codec = new JdkCodec()) {
            var packed = compress(codec, hexadecimal(Chunk.RAW_SIZE), 0);

            assertThat(packed.length).isLessThan(Chunk.RAW_SIZE * 51 / 100);
        }
    }

    private static void assertRefused(DeflateCodec codec, byte[] packed, int size) {
        assertThatExceptionOfType(DataFormatException.class).isThrownBy(() -> decompressed(codec, packed, size));
    }

    static byte[] compress(DeflateCodec codec, byte[] data, int effort) {
        try (var arena = Arena.ofConfined()) {
            var packed = arena.allocate(Chunk.PACKED_SIZE);
            int count = codec.compress(offHeap(arena, data), packed, effort);
            return packed.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private static byte[] decompressed(DeflateCodec codec, byte[] packed, int size) throws DataFormatException {
        try (var arena = Arena.ofConfined()) {
            var raw = arena.allocate(size);
            codec.decompress(offHeap(arena, packed), raw);
            return raw.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private static MemorySegment offHeap(Arena arena, byte[] data) {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, data);
    }

    private static byte[] inflated(byte[] packed, int size) throws DataFormatException {
        var inflater = new Inflater(true);
        inflater.setInput(packed);
        var raw = new byte[size + 1];
        int count = inflater.inflate(raw);
        assertThat(inflater.finished()).isTrue();
        inflater.end();
        return Arrays.copyOf(raw, count);
    }

    static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    static byte[] hexadecimal(int size) {
        return HexFormat.of().formatHex(random(size / 2)).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] values() {
        var bytes = new byte[60_000];
        for (int i = 0; i < 256; i++) {
            bytes[i * 100] = (byte) i;
        }
        return bytes;
    }

    /** Makes a code that is longer than deflate allows, unless it is held back. */
    private static byte[] doubling() {
        var bytes = new byte[(1 << 16) - 1];
        int at = 0;
        for (int value = 0; value < 16; value++) {
            Arrays.fill(bytes, at, at + (1 << value), (byte) value);
            at += 1 << value;
        }
        return bytes;
    }
}
