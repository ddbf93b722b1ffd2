package dev.holdfast.common.messaging;

import java.util.function.Consumer;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** Where a broker is that a test runs against. */
record BrokerAddress(String host, int port, String username, String password) {

    /** Talks to the broker as somebody else than Holdfast. */
    void use(Consumer<RabbitTemplate> action) {
        var connections = new CachingConnectionFactory(host, port);
        connections.setUsername(username);
        connections.setPassword(password);
        try {
            action.accept(new RabbitTemplate(connections));
        } finally {
            connections.destroy();
        }
    }
}
