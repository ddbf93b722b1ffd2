package dev.holdfast.common.messaging;

import dev.holdfast.embedded.EmbeddedBroker;
import dev.holdfast.embedded.EmbeddedPostgres;

/** One broker and one database inside this JVM for all tests of a run: to start them takes longer than most tests. */
final class Embedded {
    static final EmbeddedPostgres DATABASE = EmbeddedPostgres.temporary();

    private Embedded() {}

    /** Started at the first use, since not every test needs this one. */
    static BrokerAddress broker() {
        return address(Broker.RUNNING);
    }

    static BrokerAddress address(EmbeddedBroker broker) {
        return new BrokerAddress("127.0.0.1", broker.port(), broker.username(), broker.password());
    }

    private static final class Broker {
        static final EmbeddedBroker RUNNING = EmbeddedBroker.inMemory();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(RUNNING::close));
        }
    }
}
