package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of deliveries that a consumer can't handle. */
abstract class DeliveryContract extends MessagingFixture {
    private static final String QUEUE = EventTopology.queue("api");

    @BeforeEach
    void startWithoutAnyQueue() {
        deleteQueues();
    }

    @Test
    void a_poisoned_message_is_put_aside_at_once_and_the_queue_flows_on() {
        var service = consuming("api", aSchema());

        send(Map.of("cloudEvents:id", "x"), "not JSON, and secret");
        var good = service.store(Events.progress(Events.BACKUP, 1), 1);

        eventually().untilAsserted(() -> assertThat(service.received().events()).containsExactly(good));
        var letter = deadLetter();
        assertThat(letter.getBody()).isEqualTo(bytes("not JSON, and secret"));
        assertThat(letter.getMessageProperties().getHeaders())
                .containsEntry(DeadLetters.REASON, "PoisonEvent: attribute 'specversion' is missing")
                .containsEntry(DeadLetters.ORIGINAL_QUEUE, QUEUE)
                .containsEntry(DeadLetters.ORIGINAL_ROUTING_KEY, "backup.progressed.v1")
                .containsEntry("cloudEvents:id", "x");
        assertThat(letter.getMessageProperties().getHeaders().toString()).doesNotContain("\tat ");
        assertThat(service.meter("holdfast.events.dead.lettered")).isEqualTo(1);
    }

    @Test
    void a_type_of_a_later_version_is_acknowledged_and_counted() {
        var service = consuming("api", aSchema());

        send(Map.of("cloudEvents:specversion", "1.0", "cloudEvents:type", "dev.holdfast.backup.started.v2"), "{}");
        var good = service.store(Events.progress(Events.BACKUP, 1), 1);

        eventually().untilAsserted(() -> assertThat(service.received().events()).containsExactly(good));
        assertThat(service.meter("holdfast.events.unknown")).isEqualTo(1);
        assertThat(service.meter("holdfast.events.dead.lettered")).isZero();
    }

    @Test
    void a_database_that_is_away_costs_no_message() {
        var service = consuming("api", aSchema());
        var failures = new AtomicInteger();
        service.received().trouble(event -> {
            if (failures.incrementAndGet() <= 2 * DeliveryGuard.TRIES) {
                throw failures.get() % 2 == 0
                        ? new DataAccessResourceFailureException("connection refused")
                        : new CannotAcquireLockException("deadlock");
            }
        });

        var stored = service.store(Events.progress(Events.BACKUP, 1), 1);

        eventually().untilAsserted(() -> assertThat(service.received().events()).containsExactly(stored));
        assertThat(service.meter("holdfast.events.dead.lettered")).isZero();
    }

    @Test
    void a_message_that_fails_every_time_is_put_aside_after_a_few_tries() {
        var service = consuming("api", aSchema());
        var tries = new AtomicInteger();
        service.received().trouble(event -> {
            if (event.sequence() == 1) {
                tries.incrementAndGet();
                service.bean(JdbcClient.class).sql("select 1 / 0").query().singleRow();
            }
        });

        service.store(Events.progress(Events.BACKUP, 1), 1);
        var good = service.store(Events.progress(Events.BACKUP, 2), 2);

        eventually().untilAsserted(() -> assertThat(service.received().events()).containsExactly(good));
        assertThat(tries).hasValue(DeliveryGuard.TRIES);
        assertThat(deadLetter().getMessageProperties().getHeaders())
                .containsEntry(DeadLetters.REASON, "PSQLException: ERROR: division by zero")
                .containsEntry("cloudEvents:sequence", "1");
    }

    @Test
    void a_consumer_that_stops_gives_its_message_back() {
        var schema = aSchema();
        var stored = stopWhileInTrouble(schema);

        var next = consuming("api", schema);

        eventually()
                .untilAsserted(() -> assertThat(next.received().events())
                        .extracting(event -> event.id().toString())
                        .containsExactly(stored));
    }

    private String stopWhileInTrouble(String schema) {
        try (var service = TestService.consuming("api", broker(), database(), schema)) {
            var failures = new AtomicInteger();
            service.received().trouble(event -> {
                failures.incrementAndGet();
                throw new DataAccessResourceFailureException("connection refused");
            });
            var stored = service.store(Events.progress(Events.BACKUP, 1), 1);
            eventually().until(() -> failures.get() > DeliveryGuard.TRIES);
            return stored.id().toString();
        }
    }

    private void send(Map<String, Object> headers, String body) {
        broker().use(template -> {
            var message = MessageBuilder.withBody(bytes(body)).setContentType("application/json");
            headers.forEach(message::setHeader);
            template.send(EventTopology.EXCHANGE, "backup.progressed.v1", message.build());
        });
    }

    private Message deadLetter() {
        var letter = new Message[1];
        broker().use(template -> letter[0] = template.receive(EventTopology.deadLetterQueue(QUEUE), 10_000));
        return letter[0];
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
