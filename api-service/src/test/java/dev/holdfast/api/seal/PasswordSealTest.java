package dev.holdfast.api.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import dev.holdfast.api.SealOpener;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordSealTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"secret", "", "pässwört 🐘 'quoted' \\ $(id)"})
    void the_worker_reads_what_was_sealed(String password) throws Exception {
        var keys = new X25519KeyPairGenerator().generateKeyPair();
        var recipient = Files.writeString(directory.resolve("worker.pub"), keys.getPublic() + "\n");

        var sealed = new PasswordSeal(new SealProperties(recipient)).seal(password);

        assertThat(SealOpener.open(sealed, keys.getPrivate().toString())).isEqualTo(password);
    }

    @Test
    void the_same_password_never_looks_the_same() throws Exception {
        var keys = new X25519KeyPairGenerator().generateKeyPair();
        var recipient = Files.writeString(
                directory.resolve("worker.pub"), keys.getPublic().toString());
        var seal = new PasswordSeal(new SealProperties(recipient));

        assertThat(seal.seal("secret")).isNotEqualTo(seal.seal("secret"));
    }

    @Test
    void nothing_is_sealed_without_a_key_or_for_something_that_is_none() throws Exception {
        var missing = new PasswordSeal(new SealProperties(directory.resolve("missing.pub")));
        var broken = new PasswordSeal(new SealProperties(Files.writeString(directory.resolve("broken.pub"), "age1no")));

        for (var seal : List.of(missing, broken)) {
            assertThatExceptionOfType(ApiProblem.class)
                    .isThrownBy(() -> seal.seal("secret"))
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.SEAL_KEY_MISSING))
                    .withMessageNotContaining("secret");
        }
    }
}
