package dev.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** The programs of docs/examples, as they are, against a Holdfast that runs as {@code ./holdfast up} starts it. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ExamplesIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    static Path directory;

    private static Path data;
    private static Shop shop;
    private static ChildInstance holdfast;

    @BeforeAll
    static void start() throws Exception {
        data = directory.toRealPath().resolve("data");
        shop = new Shop();
        holdfast = ChildInstance.start(data);
    }

    @AfterAll
    static void stop() {
        holdfast.close();
        shop.close();
    }

    @Test
    void the_script_backs_up_shows_what_was_written_and_compares_what_it_downloads(@TempDir Path own) throws Exception {
        try (var script = backup(own, Map.of("HOLDFAST_IDEMPOTENCY_KEY", "of-the-night"), "by script")) {
            assertThat(script.exitCode(LIMIT)).as(script.toString()).isZero();

            var id = script.output().replaceFirst("(?s).*requested backup (\\S+) .*", "$1");
            var backup = holdfast.rest().get("/api/v1/backups/" + id);
            assertThat(script.output()).contains(backup.path("path").asString());
            for (var artifact : backup.path("artifacts")) {
                var hash = artifact.path("sha256").asString();
                var file = artifact.path("file").asString();
                var copy = own.resolve(id).resolve(file);
                assertThat(script.output()).contains(hash + "  " + file, "downloaded and compared: " + copy);
                assertThat(sha256(copy)).isEqualTo(hash);
            }
            assertThat(own.resolve(id).resolve("database.dump")).isNotEmptyFile();

            try (var again = backup(own, Map.of("HOLDFAST_IDEMPOTENCY_KEY", "of-the-night"), "by script")) {
                assertThat(again.exitCode(LIMIT)).as(again.toString()).isZero();
                assertThat(again.output()).contains("is there already").contains("requested backup " + id + " ");
            }
        }
    }

    @Test
    void the_script_says_what_is_wrong_with_the_source_before_a_backup_is_requested(@TempDir Path own)
            throws Exception {
        try (var script = backup(own, Map.of("PGPASSWORD", "not the password"), "with a wrong password")) {
            assertThat(script.exitCode(LIMIT)).as(script.toString()).isEqualTo(1);

            assertThat(script.errors())
                    .contains("SOURCE_AUTHENTICATION_FAILED", "cause: ", "fix: ", "$ psql ")
                    .doesNotContain("Traceback");
            assertThat(script.output()).doesNotContain("requested backup");
        }
    }

    @Test
    void the_script_shows_the_problem_where_the_api_refuses(@TempDir Path own) throws Exception {
        try (var script = backup(own, Map.of("PGPORT", "70000"), "with a wrong port");
                var stranger = backup(own, Map.of("HOLDFAST_TOKEN", "nobody's"), "of nobody")) {
            assertThat(script.exitCode(LIMIT)).as(script.toString()).isEqualTo(1);
            assertThat(script.errors())
                    .contains("400 VALIDATION_FAILED", "/port")
                    .doesNotContain("Traceback");

            assertThat(stranger.exitCode(LIMIT)).as(stranger.toString()).isEqualTo(1);
            assertThat(stranger.errors()).contains("401 ", "fix: ").doesNotContain("Traceback");
        }
    }

    /** Each start of Holdfast takes a while: that one example comes back is shown here, and of both with a RabbitMQ in SubscriberRightsIT. */
    @ParameterizedTest
    @EnumSource(names = "JAVA")
    void a_subscriber_prints_each_event_once_over_a_crash_of_the_broker(ExampleSubscriber example, @TempDir Path own)
            throws Exception {
        var source = holdfast.rest()
                .source(
                        "for " + example,
                        shop.server(),
                        Shop.DATABASE,
                        shop.server().password());
        var queue = "my." + example;
        var settings = Map.of(
                "HOLDFAST_BROKER_URL_FILE",
                data.resolve("keys/broker-url").toString(),
                "HOLDFAST_QUEUE",
                "my." + example);
        try (var subscriber = ExampleProgram.start(own, settings, example.command())) {
            awaitText(subscriber, subscriber::errors, "subscribed: " + queue);

            var first = holdfast.rest().backUp(source).path("id").asString();
            awaitText(subscriber, subscriber::output, "backup.completed.v1 " + first);
            assertThat(subscriber.output()).contains("backup.requested.v1 " + first, "backup.started.v1 " + first);

            publish(queue, "no event", Map.of());
            publish(queue, "twice", event("11111111-0000-7000-8000-000000000000", "one"));
            publish(queue, "twice", event("11111111-0000-7000-8000-000000000000", "one"));
            publish(queue, "once", event("22222222-0000-7000-8000-000000000000", "two"));
            awaitText(subscriber, subscriber::output, " backup.completed.v1 two 7 once");
            assertThat(subscriber.output()).containsOnlyOnce(" backup.completed.v1 one 7 twice");
            assertThat(subscriber.errors()).containsOnlyOnce("no event, discarded: " + queue);

            holdfast.kill();
            holdfast = ChildInstance.start(data);
            var second = holdfast.rest().backUp(source).path("id").asString();
            awaitText(subscriber, subscriber::output, "backup.completed.v1 " + second);
            assertThat(subscriber.output())
                    .containsOnlyOnce("backup.completed.v1 " + first)
                    .containsOnlyOnce("backup.completed.v1 " + second);
        }
    }

    private static ExampleProgram backup(Path own, Map<String, String> others, String source) throws Exception {
        var settings = new HashMap<>(Map.of(
                "HOLDFAST_API", "http://127.0.0.1:" + holdfast.port(),
                "HOLDFAST_TOKEN", holdfast.token(),
                "PGHOST", "127.0.0.1",
                "PGPORT", Integer.toString(shop.server().port()),
                "PGDATABASE", Shop.DATABASE,
                "PGUSER", shop.server().username(),
                "PGPASSWORD", shop.server().password()));
        settings.putAll(others);
        return ExampleProgram.start(
                own, settings, List.of(ExampleProgram.file("backup.sh").toString(), source, own.toString()));
    }

    private static void awaitText(ExampleProgram program, java.util.function.Supplier<String> where, String text) {
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(where.get()).as(program.toString()).contains(text));
    }

    private static Map<String, Object> event(String id, String subject) {
        return Map.of(
                "cloudEvents:id", id,
                "cloudEvents:type", "dev.holdfast.backup.completed.v1",
                "cloudEvents:subject", subject,
                "cloudEvents:time", "2026-11-23T12:00:00.123456Z",
                "cloudEvents:sequence", "7");
    }

    private static void publish(String queue, String body, Map<String, Object> headers) throws Exception {
        var url = URI.create(Files.readString(data.resolve("keys/broker-url")).strip());
        var connections = new CachingConnectionFactory(url);
        try {
            var message = MessageBuilder.withBody(body.getBytes(StandardCharsets.UTF_8));
            headers.forEach(message::setHeader);
            new RabbitTemplate(connections).send("", queue, message.build());
        } finally {
            connections.destroy();
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
