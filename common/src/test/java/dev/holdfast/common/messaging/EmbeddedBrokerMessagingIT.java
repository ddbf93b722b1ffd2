package dev.holdfast.common.messaging;

import dev.holdfast.embedded.EmbeddedBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the broker that standalone brings along. */
class EmbeddedBrokerMessagingIT extends MessagingContract {
    private EmbeddedBroker broker;

    @BeforeAll
    void startBroker() {
        broker = EmbeddedBroker.inMemory();
    }

    @AfterAll
    void stopBroker() {
        broker.close();
    }

    @Override
    BrokerAddress broker() {
        return new BrokerAddress("127.0.0.1", broker.port(), broker.username(), broker.password());
    }
}
