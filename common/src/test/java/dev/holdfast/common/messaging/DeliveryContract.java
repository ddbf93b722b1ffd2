package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.HoldfastEvent;
import dev.holdfast.common.id.Uuids;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.AmqpIOException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionListener;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.listener.MessageListenerContainer;
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
    void whatever_is_wrong_with_a_message_it_is_put_aside_after_one_try_and_the_queue_flows_on() {
        var service = consuming("api", aSchema());
        var bodies = new ArrayList<byte[]>();
        for (var text : List.of(
                "",
                "no JSON",
                "[]",
                "\"text\"",
                "{}",
                "{\"backupId\": 1}",
                "{\"a\": 1, \"a\": 2}",
                "\uFEFF{}",
                "{\"a\": \"\\u0000\"}",
                "[".repeat(10_000) + "]".repeat(10_000),
                "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
                "{\"a\": \"" + "x".repeat(4 << 20) + "\"}")) {
            bodies.add(bytes(text));
        }
        bodies.add(new byte[] {(byte) 0xff, 0, 1});
        var headers = attributes(service, Events.progress(Events.BACKUP, 1));

        bodies.forEach(body -> send(headers, body));
        var good = service.store(Events.progress(Events.BACKUP, 1), 1);

        eventually().untilAsserted(() -> assertThat(service.received().events()).containsExactly(good));
        var letters = bodies.stream().map(body -> deadLetter()).toList();
        assertThat(letters).extracting(Message::getBody).containsExactlyElementsOf(bodies);
        assertThat(letters)
                .extracting(letter -> (String) letter.getMessageProperties().getHeader(DeadLetters.REASON))
                .allSatisfy(reason ->
                        assertThat(reason).startsWith("PoisonEvent: the data ").doesNotContain("xxx"));
        assertThat(service.meter("holdfast.events.dead.lettered")).isEqualTo(bodies.size());
    }

    @Test
    void a_serialized_object_is_put_aside_and_never_made() throws IOException {
        var service = consuming("api", aSchema());
        var headers = attributes(service, Events.progress(Events.BACKUP, 1));
        headers.put("__TypeId__", Gadget.class.getName());
        var serialized = new ByteArrayOutputStream();
        try (var objects = new ObjectOutputStream(serialized)) {
            objects.writeObject(new Gadget());
        }
        Gadget.MADE.set(0);

        send(headers, serialized.toByteArray(), "application/x-java-serialized-object");
        send(headers, bytes("{}"), "application/json");
        var good = service.store(Events.progress(Events.BACKUP, 1), 1);

        eventually().untilAsserted(() -> assertThat(service.received().events()).containsExactly(good));
        assertThat(deadLetter().getBody()).isEqualTo(serialized.toByteArray());
        assertThat(deadLetter().getBody()).isEqualTo(bytes("{}"));
        assertThat(Gadget.MADE).hasValue(0);
    }

    /** What a class on somebody's class path could do when it is made from a message. */
    static final class Gadget implements Serializable {
        static final AtomicInteger MADE = new AtomicInteger();

        @Serial
        private static final long serialVersionUID = 1;

        Gadget() {
            MADE.incrementAndGet();
        }

        @Serial
        private void readObject(ObjectInputStream stream) throws IOException, ClassNotFoundException {
            stream.defaultReadObject();
            MADE.incrementAndGet();
        }
    }

    @Test
    void a_message_waits_while_there_is_no_place_to_put_it_aside() {
        var service = consuming("api", aSchema());
        broker().use(template -> {
            var admin = new RabbitAdmin(template);
            admin.deleteExchange(EventTopology.DEAD_EXCHANGE);
            admin.deleteQueue(EventTopology.deadLetterQueue(QUEUE));
        });

        send(Map.of("cloudEvents:id", "x"), "not JSON");

        // The broker refuses to look into a queue that is not there yet.
        eventually()
                .ignoreExceptionsInstanceOf(AmqpIOException.class)
                .untilAsserted(() -> assertThat(deadLetter(1000)).isNotNull());
        assertThat(service.meter("holdfast.events.dead.lettered")).isEqualTo(1);
    }

    @Test
    void an_event_that_was_published_as_another_one_is_put_aside() {
        var service = consuming("api", aSchema());
        var headers = attributes(service, Events.full().getLast());
        // A header that is believed by nobody but on the way that only a replay can take.
        headers.put(DeadLetters.ORIGINAL_ROUTING_KEY, "alert.resolved.v1");

        send(headers, service.bean(EventCodec.class).toJson(Events.full().getLast()));

        assertThat(deadLetter().getMessageProperties().getHeaders())
                .containsEntry(DeadLetters.REASON, "PoisonEvent: attribute 'type' is not what the routing key says");
        assertThat(service.received().events()).isEmpty();
    }

    @Test
    void what_is_replayed_reaches_its_own_queue_alone_and_is_the_same_message_when_it_fails_again() {
        var service = consuming("api", aSchema());
        var trouble = new AtomicBoolean(true);
        service.received().trouble(event -> {
            if (trouble.get()) {
                throw new IllegalStateException("not yet");
            }
        });
        var stored = service.store(Events.progress(Events.BACKUP, 1), 1);
        try (var kept = new KeptLetters(service)) {
            var first = kept.next();
            assertThat(first.reason()).isEqualTo("IllegalStateException: not yet");
            assertThat(first.queue()).isEqualTo(QUEUE);
            assertThat(first.routingKey()).isEqualTo("backup.progressed.v1");
            assertThat(first.attribute("id")).hasValue(stored.id().toString());

            service.bean(DeadLetterQueues.class).replay(first);

            var second = kept.next();
            assertThat(second.id()).isNotEqualTo(first.id());
            assertThat(second.messageId()).isEqualTo(first.messageId());
            assertThat(second.routingKey()).isEqualTo("backup.progressed.v1");
            trouble.set(false);

            service.bean(DeadLetterQueues.class).replay(second);

            eventually()
                    .untilAsserted(() -> assertThat(service.received().events()).containsExactly(stored));
            assertThat(messages(EventTopology.queue("notification"))).isEqualTo(1);
        }
    }

    @Test
    void a_reader_of_dead_letters_that_can_not_keep_one_gets_it_again_and_loses_none() {
        var service = consuming("api", aSchema());
        send(Map.of(), "not JSON");
        try (var kept = new KeptLetters(service, DeliveryGuard.TRIES + 2)) {
            assertThat(kept.next().body()).isEqualTo(bytes("not JSON"));
            assertThat(kept.refused()).isEqualTo(DeliveryGuard.TRIES + 2);
        }
    }

    @Test
    void a_reader_of_dead_letters_whose_login_is_refused_reads_once_it_is_allowed() {
        consuming("api", aSchema());
        send(Map.of(), "not JSON");
        var refused = new AtomicInteger();
        var letters = new LinkedBlockingQueue<DeadLetter>();
        var connections = new CachingConnectionFactory(broker().host(), broker().port());
        connections.setUsername(broker().username());
        connections.setPassword("of yesterday");
        connections.addConnectionListener(new ConnectionListener() {
            @Override
            public void onCreate(Connection connection) {}

            @Override
            public void onFailed(Exception exception) {
                refused.incrementAndGet();
            }
        });
        var reader = new DeadLetterQueues(connections, new RabbitAdmin(connections)).reader(letters::add);
        try {
            reader.afterPropertiesSet();
            reader.start();
            eventually().until(() -> refused.get() > 0);

            connections.setPassword(broker().password());

            eventually().untilAsserted(() -> assertThat(letters).hasSize(1));
            assertThat(letters.element().body()).isEqualTo(bytes("not JSON"));
        } finally {
            reader.stop();
            connections.destroy();
        }
    }

    /** Reads the dead-letter queues, after it has failed a number of times. */
    private static final class KeptLetters implements AutoCloseable {
        private final BlockingQueue<DeadLetter> letters = new LinkedBlockingQueue<>();
        private final AtomicInteger refused = new AtomicInteger();
        private final MessageListenerContainer reader;

        KeptLetters(TestService service) {
            this(service, 0);
        }

        KeptLetters(TestService service, int failures) {
            reader = service.bean(DeadLetterQueues.class).reader(letter -> {
                if (refused.get() < failures) {
                    refused.incrementAndGet();
                    throw new IllegalStateException("can't be kept");
                }
                letters.add(letter);
            });
            reader.afterPropertiesSet();
            reader.start();
        }

        int refused() {
            return refused.get();
        }

        DeadLetter next() {
            try {
                return Objects.requireNonNull(letters.poll(60, TimeUnit.SECONDS), "no dead letter came");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            reader.stop();
        }
    }

    private long messages(String queue) {
        var count = new long[1];
        broker().use(template -> count[0] = Objects.requireNonNull(new RabbitAdmin(template).getQueueInfo(queue))
                .getMessageCount());
        return count[0];
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

    private static Map<String, Object> attributes(TestService service, HoldfastEvent event) {
        var message = service.bean(EventCodec.class)
                .encode(new EventEnvelope(Uuids.next(), "/test", Instant.parse("2026-11-23T12:00:00Z"), 1, event));
        var attributes = new HashMap<String, Object>();
        message.getHeaders().forEach((name, value) -> {
            if (name.startsWith(CloudEventAttributes.PREFIX)) {
                attributes.put(name, value);
            }
        });
        return attributes;
    }

    private void send(Map<String, Object> headers, String body) {
        send(headers, bytes(body));
    }

    private void send(Map<String, Object> headers, byte[] body) {
        send(headers, body, "application/json");
    }

    private void send(Map<String, Object> headers, byte[] body, String contentType) {
        broker().use(template -> {
            var message = MessageBuilder.withBody(body).setContentType(contentType);
            headers.forEach(message::setHeader);
            template.send(EventTopology.EXCHANGE, "backup.progressed.v1", message.build());
        });
    }

    private Message deadLetter() {
        return Objects.requireNonNull(deadLetter(10_000), "no dead letter came");
    }

    private @Nullable Message deadLetter(long millis) {
        var letter = new Message[1];
        broker().use(template -> letter[0] = template.receive(EventTopology.deadLetterQueue(QUEUE), millis));
        return letter[0];
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
