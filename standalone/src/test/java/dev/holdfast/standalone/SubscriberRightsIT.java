package dev.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.MountableFile;

/** A subscriber at the broker of the Compose stack, let in by the commands of docs/examples/README.md and by nothing else. */
@Testcontainers
@EnabledIfEnvironmentVariable(named = "HOLDFAST_CONTAINER_TESTS", matches = "true")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SubscriberRightsIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int AMQP = 5672;
    private static final String COMPOSE = "docker compose exec -T rabbitmq ";
    private static final String TYPE = "backup.completed.v1";

    @Container
    private static final GenericContainer<?> BROKER = new GenericContainer<>("rabbitmq:4-management")
            .withCopyFileToContainer(MountableFile.forHostPath("../deploy/rabbitmq"), "/holdfast")
            .withEnv("HOLDFAST_API_BROKER_PASSWORD", "of the api")
            .withEnv("HOLDFAST_WORKER_BROKER_PASSWORD", "of the worker")
            .withEnv("HOLDFAST_NOTIFICATION_BROKER_PASSWORD", "of the notification-service")
            .withCreateContainerCmdModifier(container ->
                    container.withHostName("rabbitmq").withUser("999:999").withEntrypoint("bash", "/holdfast/start"))
            .withExposedPorts(AMQP)
            // Its port listens before rabbitmqctl is let in.
            .waitingFor(Wait.forSuccessfulCommand("rabbitmqctl await_startup"));

    @BeforeAll
    static void letInAsDescribed() throws Exception {
        var commands = Files.readAllLines(ExampleProgram.file("README.md")).stream()
                .filter(line -> line.startsWith("    ") && line.contains(COMPOSE))
                .map(line -> line.replace(COMPOSE, ""))
                .toList();

        assertThat(commands).hasSize(2);
        for (var command : commands) {
            inBroker("password=secret\n" + command);
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_gets_each_event_once_over_a_restart_of_the_broker(ExampleSubscriber example, @TempDir Path own)
            throws Exception {
        var queue = "my." + example;
        var settings = Map.of(
                "HOLDFAST_BROKER_URL",
                "amqp://my-subscriber:secret@%s:%d/holdfast".formatted(BROKER.getHost(), BROKER.getMappedPort(AMQP)),
                "HOLDFAST_QUEUE",
                queue);
        try (var subscriber = ExampleProgram.start(own, settings, example.command())) {
            awaitText(subscriber, subscriber::errors, "subscribed: " + queue);
            publish(event(example + "-1", "one"), event(example + "-1", "one"), event(example + "-2", "two"));
            awaitText(subscriber, subscriber::output, TYPE + " two 7 {}");

            inBroker("rabbitmqctl stop_app && rabbitmqctl start_app");
            await().atMost(LIMIT).until(() -> subscriber.errors().split("subscribed: ", -1).length > 2);
            publish(event(example + "-2", "two"), event(example + "-3", "three"));
            awaitText(subscriber, subscriber::output, TYPE + " three 7 {}");

            assertThat(subscriber.output().lines())
                    .containsExactly(
                            "2026-11-23T12:00:00Z " + TYPE + " one 7 {}",
                            "2026-11-23T12:00:00Z " + TYPE + " two 7 {}",
                            "2026-11-23T12:00:00Z " + TYPE + " three 7 {}");
        }
    }

    @Test
    void it_can_neither_publish_an_event_nor_read_what_is_for_the_services() {
        as("my-subscriber", "secret", template -> {
            assertThatExceptionOfType(AmqpException.class)
                    .isThrownBy(() -> template.send("holdfast.events", TYPE, event("forged", "one")))
                    .withStackTraceContaining("ACCESS_REFUSED");
            assertThatExceptionOfType(AmqpException.class)
                    .isThrownBy(() -> template.receive("holdfast.events.notification"))
                    .withStackTraceContaining("ACCESS_REFUSED");
        });
    }

    private static void awaitText(ExampleProgram program, Supplier<String> where, String text) {
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(where.get()).as(program.toString()).contains(text));
    }

    private static Message event(String id, String subject) {
        return MessageBuilder.withBody("{}".getBytes(StandardCharsets.UTF_8))
                .setHeader("cloudEvents:id", id)
                .setHeader("cloudEvents:type", "dev.holdfast." + TYPE)
                .setHeader("cloudEvents:subject", subject)
                .setHeader("cloudEvents:time", "2026-11-23T12:00:00Z")
                .setHeader("cloudEvents:sequence", "7")
                .build();
    }

    private static void publish(Message... events) {
        as("holdfast-worker", "of the worker", template -> {
            for (var event : events) {
                template.send("holdfast.events", TYPE, event);
            }
        });
    }

    /** In transactions, so that what the broker refuses is told at once. */
    private static void as(String user, String password, Consumer<RabbitTemplate> action) {
        var connections =
                new CachingConnectionFactory(BROKER.getHost(), Objects.requireNonNull(BROKER.getMappedPort(AMQP)));
        connections.setUsername(user);
        connections.setPassword(password);
        connections.setVirtualHost("holdfast");
        try {
            var template = new RabbitTemplate(connections);
            template.setChannelTransacted(true);
            action.accept(template);
        } finally {
            connections.destroy();
        }
    }

    private static void inBroker(String command) throws Exception {
        var result = BROKER.execInContainer("bash", "-c", command);
        assertThat(result.getExitCode()).as(result.toString()).isZero();
    }
}
