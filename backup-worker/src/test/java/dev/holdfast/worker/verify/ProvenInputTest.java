package dev.holdfast.worker.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.common.event.Artifact;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenInputTest {
    private static final int SIZE = 100_000;
    private static final byte[] SEALED = new byte[SIZE];

    static {
        new Random(1).nextBytes(SEALED);
    }

    @Test
    void what_was_sealed_passes_whole() throws Exception {
        assertThat(proven(SEALED).readAllBytes()).isEqualTo(SEALED);
        assertThat(proven(SEALED).read()).isEqualTo(Byte.toUnsignedInt(SEALED[0]));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SIZE / 2, SIZE - 1})
    void a_flipped_bit_anywhere_keeps_the_end_back(int at) {
        var changed = SEALED.clone();
        changed[at] ^= 1;

        assertNeverWhole(changed);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SIZE - 1, SIZE + 1, 2 * SIZE})
    void fewer_or_more_bytes_are_never_given_out_whole(int length) {
        assertNeverWhole(Arrays.copyOf(SEALED, length));
    }

    @Test
    void a_part_is_given_out_since_it_proves_nothing() throws Exception {
        var changed = SEALED.clone();
        changed[0] ^= 1;
        var input = proven(changed);

        input.skipNBytes(10);

        assertThat(input.readAllBytes()).isEqualTo(Arrays.copyOfRange(SEALED, 10, SIZE));
    }

    private static void assertNeverWhole(byte[] changed) {
        var received = new ByteArrayOutputStream();

        assertThatExceptionOfType(ChangedArtifact.class)
                .isThrownBy(() -> proven(changed).transferTo(received))
                .withMessageContaining("database.dump has ");

        assertThat(received.size()).isLessThan(SIZE);
    }

    private static ProvenInput proven(byte[] bytes) throws Exception {
        var sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(SEALED));
        return new ProvenInput(new ByteArrayInputStream(bytes), new Artifact("database.dump", SIZE, sha256));
    }
}
