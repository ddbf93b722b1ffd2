package dev.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.holdfast.api.ApiService;
import dev.holdfast.common.messaging.EventCodec;
import dev.holdfast.common.messaging.Events;
import dev.holdfast.common.messaging.Mutations;
import dev.holdfast.common.messaging.PoisonEvent;
import dev.holdfast.embedded.EmbeddedBroker;
import dev.holdfast.embedded.EmbeddedPostgres;
import dev.holdfast.notification.NotificationService;
import dev.holdfast.worker.BackupWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.messaging.Message;

/**
 * Each service's consumer takes what is an event in and refuses the rest as poison, which makes it a dead letter at once; nothing
 * else comes of it, since anything else would be tried again and hold up the queue. -Dholdfast.fuzz.deliveries and -Dholdfast.seed:
 * how many, and the one to begin with, as a failure names it.
 */
class EventConsumersFuzzIT {
    private static final Duration LONG = Duration.ofSeconds(5);

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;
    private static EmbeddedPostgres database;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.inMemory();
        database = EmbeddedPostgres.temporary();
        database.createDatabase("holdfast");
    }

    @AfterAll
    static void stop() {
        broker.close();
        database.close();
    }

    @Test
    void the_api_service_takes_events_in_and_refuses_poison() {
        var key = directory.resolve("worker.key.pub");
        assertTakesOrRefuses(
                ApiService.application(), "api", "recordBackupEvents", "--holdfast.seal.recipient-file=" + key);
    }

    @Test
    void the_worker_takes_events_in_and_refuses_poison() {
        assertTakesOrRefuses(
                BackupWorker.application(),
                "worker",
                "acceptJob",
                "--holdfast.storage.root=" + directory.resolve("backups"),
                "--holdfast.seal.identity-file=" + directory.resolve("worker.key"));
    }

    @Test
    void the_notification_service_takes_events_in_and_refuses_poison() {
        assertTakesOrRefuses(NotificationService.application(), "notification", "recordEvents");
    }

    private static void assertTakesOrRefuses(
            SpringApplicationBuilder application, String schema, String consumer, String... settings) {
        var arguments = Stream.concat(
                Stream.of(
                        "--server.port=0",
                        "--db-scheduler.enabled=" + schema.equals("worker"),
                        "--holdfast.internal.token=" + "t".repeat(32),
                        "--spring.rabbitmq.port=" + broker.port(),
                        "--spring.rabbitmq.username=" + broker.username(),
                        "--spring.rabbitmq.password=" + broker.password(),
                        "--spring.datasource.url=" + database.jdbcUrl("holdfast") + "?currentSchema=" + schema,
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password()),
                Stream.of(settings));
        try (var context = application.registerShutdownHook(false).run(arguments.toArray(String[]::new))) {
            deliver(context, consumer);
        }
    }

    private static void deliver(ConfigurableApplicationContext service, String name) {
        @SuppressWarnings("unchecked")
        Consumer<Message<byte[]>> consumer = service.getBean(name, Consumer.class);
        var codec = service.getBean(EventCodec.class);
        var events = Stream.concat(Events.full().stream(), Events.minimal().stream())
                .map(Events::envelope)
                .map(codec::encode)
                .toList();
        long first = Long.getLong("holdfast.seed", System.nanoTime());
        long count = Long.getLong("holdfast.fuzz.deliveries", 2_000);
        long taken = 0;
        long start = System.nanoTime();
        for (long seed = first; seed < first + count; seed++) {
            taken += delivered(consumer, new Mutations(seed, events).next(), seed);
        }
        System.out.printf(
                "%s: %,d inputs from seed %d: %,d taken in, the others poison; %.1f s%n",
                name, count, first, taken, (System.nanoTime() - start) / 1e9);
        assertThat(taken).isPositive();
        events.forEach(consumer::accept);
    }

    private static int delivered(Consumer<Message<byte[]>> consumer, Message<byte[]> message, long seed) {
        long start = System.nanoTime();
        try {
            consumer.accept(message);
            return 1;
        } catch (PoisonEvent e) {
            return 0;
        } catch (RuntimeException | Error e) {
            return fail("-Dholdfast.seed=%d -Dholdfast.fuzz.deliveries=1: %s".formatted(seed, message), e);
        } finally {
            if (System.nanoTime() - start > LONG.toNanos()) {
                fail("-Dholdfast.seed=%d took more than %s".formatted(seed, LONG));
            }
        }
    }
}
