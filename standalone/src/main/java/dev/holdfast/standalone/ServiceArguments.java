package dev.holdfast.standalone;

import dev.holdfast.embedded.EmbeddedBroker;
import java.util.ArrayList;
import java.util.List;

/** What a service is told when it runs here. As run arguments, for these win over the service's own yaml and over the environment. */
final class ServiceArguments {
    private final List<String> arguments = new ArrayList<>();

    private ServiceArguments() {}

    /** What every service needs: its schema, the broker, the token between them, and a port on this machine alone. */
    static ServiceArguments of(StateDatabase database, String schema, EmbeddedBroker broker, String token, int port) {
        return new ServiceArguments()
                .with("server.address", "127.0.0.1")
                .with("server.port", port)
                .with("spring.datasource.url", database.url(schema))
                .with("spring.datasource.username", database.username())
                .with("spring.datasource.password", database.password())
                .with("spring.rabbitmq.host", "127.0.0.1")
                .with("spring.rabbitmq.port", broker.port())
                .with("spring.rabbitmq.username", broker.username())
                .with("spring.rabbitmq.password", broker.password())
                .with("spring.rabbitmq.virtual-host", "/")
                .with("holdfast.internal.token", token)
                .with("holdfast.internal.token-file", "")
                // Every starter is on every service's class path here; each of these belongs to one service alone.
                .with("db-scheduler.enabled", schema.equals("worker"))
                .with("springdoc.api-docs.enabled", schema.equals("api"))
                .with("management.health.mail.enabled", false);
    }

    ServiceArguments with(String key, Object value) {
        arguments.add("--" + key + "=" + value);
        return this;
    }

    String[] toArray() {
        return arguments.toArray(String[]::new);
    }
}
