package dev.holdfast.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    @Test
    void rabbitmq_queue_arguments_are_accepted() throws Exception {
        try (var broker = EmbeddedBroker.inMemory();
                var connection = connect(broker);
                var channel = connection.createChannel()) {
            var declared = channel.queueDeclare("q", true, false, false, Map.of("x-queue-type", "quorum"));

            assertThat(declared.getQueue()).isEqualTo("q");
        }
    }

    @Test
    void a_persistent_message_survives_a_restart(@TempDir Path directory) throws Exception {
        int port = FreePort.find();
        try (var broker = EmbeddedBroker.durable(directory, port, "secret");
                var connection = connect(broker);
                var channel = connection.createChannel()) {
            channel.queueDeclare("q", true, false, false, null);
            channel.confirmSelect();
            channel.basicPublish("", "q", MessageProperties.PERSISTENT_BASIC, "kept".getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(10_000);
        }

        try (var broker = EmbeddedBroker.durable(directory, port, "secret");
                var connection = connect(broker);
                var channel = connection.createChannel()) {
            assertThat(channel.basicGet("q", true).getBody()).asString().isEqualTo("kept");
        }
    }

    private static Connection connect(EmbeddedBroker broker) throws Exception {
        var factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(broker.port());
        factory.setUsername(broker.username());
        factory.setPassword(broker.password());
        return factory.newConnection();
    }
}
