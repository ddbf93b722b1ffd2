package dev.holdfast.worker.secret;

import static dev.holdfast.worker.secret.Sealing.seal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.common.event.SealedSecret;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerKeyTest {
    @TempDir
    Path directory;

    @Test
    void the_first_start_makes_a_private_key_and_publishes_its_recipient() throws Exception {
        key("worker.key");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("keys/worker.key"))))
                .isEqualTo("rw-------");
        assertThat(directory.resolve("keys/worker.key")).content().startsWith("AGE-SECRET-KEY-1");
        assertThat(directory.resolve("keys/worker.key.pub")).content().startsWith("age1");
        try (var files = Files.list(directory.resolve("keys"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void what_was_sealed_to_the_recipient_is_opened_also_after_a_restart() throws Exception {
        key("worker.key");
        var sealed = seal("pässwörd with 'quotes' and \n", recipientFile("worker.key"));

        assertThat(key("worker.key").open(sealed)).isEqualTo("pässwörd with 'quotes' and \n");
    }

    @Test
    void a_lost_recipient_file_is_written_again() throws Exception {
        key("worker.key");
        var recipient = Files.readString(recipientFile("worker.key"));
        Files.delete(directory.resolve("keys/worker.key.pub"));

        key("worker.key");

        assertThat(recipientFile("worker.key")).hasContent(recipient);
    }

    @Test
    void the_recipient_can_be_published_where_the_key_is_not() throws Exception {
        var shared = directory.resolve("shared/worker.key.pub");
        var key = new WorkerKey(new SealSettings(directory.resolve("keys/worker.key"), shared));

        assertThat(key.open(seal("secret", shared))).isEqualTo("secret");
        assertThat(directory.resolve("keys")).isDirectoryNotContaining("glob:**.pub");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared)))
                .isEqualTo("rw-r--r--");
        assertThat(shared.getParent()).isDirectoryNotContaining("glob:**/.key*");
    }

    @Test
    void what_was_sealed_to_another_key_is_unreadable() throws Exception {
        key("other.key");
        var sealed = seal("secret", recipientFile("other.key"));

        assertUnreadable(key("worker.key"), sealed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not base64!", "c2VhbGVk"})
    void what_is_no_sealed_secret_is_unreadable(String text) {
        assertUnreadable(key("worker.key"), new SealedSecret(text));
    }

    @Test
    void a_damaged_secret_is_unreadable() throws Exception {
        var key = key("worker.key");
        byte[] sealed = Base64.getDecoder()
                .decode(seal("secret", recipientFile("worker.key")).ciphertext());
        sealed[sealed.length - 1] ^= 1;

        assertUnreadable(key, new SealedSecret(Base64.getEncoder().encodeToString(sealed)));
    }

    private WorkerKey key(String name) {
        return new WorkerKey(new SealSettings(directory.resolve("keys").resolve(name), null));
    }

    private Path recipientFile(String name) {
        return directory.resolve("keys").resolve(name + ".pub");
    }

    private static void assertUnreadable(WorkerKey key, SealedSecret secret) {
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> key.open(secret))
                .matches(e -> e.failure().code() == FailureCode.SECRET_UNREADABLE);
    }
}
