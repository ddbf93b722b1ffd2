package dev.holdfast.standalone;

import dev.holdfast.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where subscribers of this machine find the broker, whose port is another at each start, and what it lets them in with. */
final class BrokerUrl implements AutoCloseable {
    private final Path file;

    private BrokerUrl(Path file) {
        this.file = file;
    }

    /** Leaves the broker's address, with its password, where this user alone can read it. */
    static BrokerUrl leave(DataDirectory data, EmbeddedBroker broker) throws IOException {
        var file = data.brokerUrl();
        PrivateFile.write(
                file, "amqp://%s:%s@127.0.0.1:%d/%%2F".formatted(broker.username(), broker.password(), broker.port()));
        return new BrokerUrl(file);
    }

    /** Takes it away again. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
