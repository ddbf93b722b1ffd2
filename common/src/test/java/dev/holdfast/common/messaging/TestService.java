package dev.holdfast.common.messaging;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.HoldfastEvent;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.embedded.EmbeddedPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.Message;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A service as small as it gets, set up the way that {@code holdfast-messaging.yaml} asks for. */
final class TestService implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private TestService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts a service that publishes, and consumes nothing. */
    static TestService publishing(BrokerAddress broker, EmbeddedPostgres database, String schema) {
        return new TestService(run(Publisher.class, broker, database, schema, List.of()));
    }

    /** Starts a service that also receives what comes to a group's queue. */
    static TestService consuming(String group, BrokerAddress broker, EmbeddedPostgres database, String schema) {
        return new TestService(run(
                Subscriber.class,
                broker,
                database,
                schema,
                List.of(
                        "--spring.cloud.function.definition=receive",
                        "--spring.cloud.stream.bindings.receive-in-0.destination=holdfast.events",
                        "--spring.cloud.stream.bindings.receive-in-0.group=" + group)));
    }

    EventEnvelope store(HoldfastEvent event, long sequence) {
        return inTransaction().execute(status -> bean(Outbox.class).store(event, sequence));
    }

    TransactionTemplate inTransaction() {
        return new TransactionTemplate(bean(PlatformTransactionManager.class));
    }

    long pending() {
        return bean(JdbcClient.class)
                .sql("select count(*) from outbox")
                .query(Long.class)
                .single();
    }

    /** A counter or a gauge. */
    double meter(String name) {
        return bean(MeterRegistry.class)
                .get(name)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    Received received() {
        return bean(Received.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    private static ConfigurableApplicationContext run(
            Class<?> service, BrokerAddress broker, EmbeddedPostgres database, String schema, List<String> settings) {
        var arguments = new ArrayList<>(settings);
        arguments.add("--spring.config.import=classpath:holdfast-messaging.yaml");
        arguments.add("--spring.application.name=test-service");
        arguments.add("--spring.main.banner-mode=off");
        arguments.add("--spring.threads.virtual.enabled=true");
        arguments.add("--spring.datasource.url=" + database.jdbcUrl("postgres") + "?currentSchema=" + schema);
        arguments.add("--spring.datasource.username=" + database.username());
        arguments.add("--spring.datasource.password=" + database.password());
        arguments.add("--spring.datasource.hikari.connection-timeout=8000");
        arguments.add("--spring.flyway.default-schema=" + schema);
        arguments.add("--spring.flyway.locations=classpath:db/messaging");
        arguments.add("--spring.rabbitmq.host=" + broker.host());
        arguments.add("--spring.rabbitmq.port=" + broker.port());
        arguments.add("--spring.rabbitmq.username=" + broker.username());
        arguments.add("--spring.rabbitmq.password=" + broker.password());
        return new SpringApplicationBuilder(service)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run(arguments.toArray(String[]::new));
    }

    /** What a consumer got, in order of arrival; a test may put something in the way. */
    static final class Received {
        private final List<EventEnvelope> events = new CopyOnWriteArrayList<>();
        private volatile Consumer<EventEnvelope> trouble = event -> {};

        List<EventEnvelope> events() {
            return List.copyOf(events);
        }

        List<EventEnvelope> of(BackupId backup) {
            return events.stream()
                    .filter(event -> event.subject().equals(backup.toString()))
                    .toList();
        }

        /** In the order of their first arrival; an event may come twice. */
        List<Long> sequencesOf(BackupId backup) {
            return of(backup).stream().map(EventEnvelope::sequence).distinct().toList();
        }

        void trouble(Consumer<EventEnvelope> with) {
            trouble = with;
        }

        private void add(EventEnvelope event) {
            trouble.accept(event);
            events.add(event);
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Publisher {
        @Bean
        Received received() {
            return new Received();
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

    @SpringBootConfiguration
    static class Subscriber extends Publisher {
        @Bean
        Consumer<Message<byte[]>> receive(EventCodec codec, Received received) {
            return message -> codec.decode(message).ifPresent(received::add);
        }
    }
}
