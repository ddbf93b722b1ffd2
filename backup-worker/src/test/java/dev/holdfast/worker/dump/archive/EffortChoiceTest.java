package dev.holdfast.worker.dump.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EffortChoiceTest {
    static Stream<Supplier<DeflateCodec>> codecs() {
        return Stream.of(DeflateCodec::create, JdkCodec::new);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void random_bytes_are_worth_no_effort_and_tiny_files_all_of_it(Supplier<DeflateCodec> codecs) {
        try (var choice = new EffortChoice(codecs.get());
                var codec = codecs.get()) {
            assertThat(effort(choice, DeflateCodecTest.hexadecimal(Chunk.RAW_SIZE)))
                    .isZero();
            assertThat(effort(choice, "1\n2\n".getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(codec.efforts() - 1);
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void an_archive_of_different_tables_is_no_larger_than_that_of_zlib(Supplier<DeflateCodec> codecs) {
        long ours = 0;
        long zlibs = 0;
        try (var choice = new EffortChoice(codecs.get());
                var codec = codecs.get();
                var zlib = new JdkCodec()) {
            for (var table : new byte[][] {prose(), DeflateCodecTest.hexadecimal(Chunk.RAW_SIZE), rows(), prose()}) {
                ours += DeflateCodecTest.compress(codec, table, effort(choice, table)).length;
                zlibs += DeflateCodecTest.compress(zlib, table, zlib.efforts() - 1).length;
            }
        }

        assertThat(ours).isLessThanOrEqualTo(zlibs);
    }

    private static int effort(EffortChoice choice, byte[] chunk) {
        try (var arena = Arena.ofConfined()) {
            choice.beginFile();
            return choice.forNext(arena.allocateFrom(ValueLayout.JAVA_BYTE, chunk));
        }
    }

    private static byte[] prose() {
        var words =
                "time year people way day man thing woman life child world school state family student group country"
                        .split(" ");
        var random = new Random(3);
        var text = new StringBuilder();
        while (text.length() < Chunk.RAW_SIZE) {
            text.append(words[random.nextInt(words.length)]).append(' ');
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), Chunk.RAW_SIZE);
    }

    private static byte[] rows() {
        var random = new Random(4);
        var text = new StringBuilder();
        for (int id = 0; text.length() < Chunk.RAW_SIZE; id++) {
            text.append("%d\tuser%d@example.org\t%.2f\n".formatted(id, id, random.nextDouble(1000)));
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), Chunk.RAW_SIZE);
    }
}
