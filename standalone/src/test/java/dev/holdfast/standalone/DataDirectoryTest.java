package dev.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.embedded.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path directory;

    private DataDirectory data;

    @BeforeEach
    void prepare() throws Exception {
        data = new DataDirectory(directory.resolve("my data"));
        data.prepare();
    }

    @Test
    void keys_database_and_broker_are_closed_to_others() throws Exception {
        for (var closed : new Path[] {data.keys(), data.postgres(), data.broker()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(closed)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void the_password_is_made_once_and_private_from_its_first_byte() throws Exception {
        var password = PrivatePassword.of(data);

        assertThat(password).hasSize(32).isEqualTo(PrivatePassword.of(data));
        assertThat(data.keys()).isDirectoryContaining("glob:**/private-password");
        assertThat(Files.getPosixFilePermissions(data.keys().resolve("private-password")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void so_is_the_token_between_the_services_and_it_is_another() throws Exception {
        var token = PrivatePassword.betweenServices(data);

        assertThat(token)
                .hasSizeGreaterThanOrEqualTo(32)
                .isEqualTo(PrivatePassword.betweenServices(data))
                .isNotEqualTo(PrivatePassword.of(data));
        assertThat(Files.getPosixFilePermissions(data.keys().resolve("internal-token")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void the_address_of_the_broker_is_private_and_of_the_one_that_runs() throws Exception {
        try (var broker = EmbeddedBroker.inMemory();
                var left = BrokerUrl.leave(data, broker)) {
            assertThat(left).isNotNull();
            assertThat(data.brokerUrl())
                    .hasContent("amqp://holdfast:" + broker.password() + "@127.0.0.1:" + broker.port() + "/%2F");
            assertThat(Files.getPosixFilePermissions(data.brokerUrl()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }

        assertThat(data.brokerUrl()).doesNotExist();
    }

    @Test
    void two_instances_do_not_share_a_data_directory() throws Exception {
        try (var first = InstanceLock.take(data)) {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> InstanceLock.take(data))
                    .withMessageContaining("another Holdfast is using " + data.root());
            assertThat(first).isNotNull();
        }

        InstanceLock.take(data).close();
    }

    @Test
    void a_failure_stays_to_be_read_when_the_process_is_gone() throws Exception {
        var files = new RunFiles(data);
        files.pid(42);
        files.port(8080);
        files.state("failed: first line\nsecond line");
        assertThat(data.run().resolve("pid")).hasContent("42");

        files.clear(true);

        assertThat(data.run().resolve("pid")).doesNotExist();
        assertThat(data.run().resolve("port")).doesNotExist();
        assertThat(data.run().resolve("state")).hasContent("failed: first line");
    }
}
