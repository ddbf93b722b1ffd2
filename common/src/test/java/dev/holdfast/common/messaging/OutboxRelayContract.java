package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.id.BackupId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.transaction.IllegalTransactionStateException;

/** What outbox and relay promise, whichever broker is below them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OutboxRelayContract extends MessagingFixture {
    static final int EVENTS = 40;

    private final String schema = aSchema();
    private TestService service;

    @BeforeAll
    void startOneServiceForAllTests() {
        service = TestService.consuming("notification", broker(), database(), schema);
    }

    @AfterAll
    void stopIt() {
        service.close();
        deleteQueues();
    }

    @Test
    void an_event_arrives_as_it_was_stored() {
        var backup = BackupId.next();

        var stored = service.store(Events.progress(backup, 7), 42);

        eventually()
                .untilAsserted(() -> assertThat(service.received().of(backup)).containsExactly(stored));
        eventually().until(() -> service.pending() == 0);
        assertThat(stored.source()).isEqualTo("/holdfast/test-service");
        assertThat(service.meter("holdfast.outbox.published")).isPositive();
        assertThat(service.meter("holdfast.outbox.pending")).isZero();
    }

    @Test
    void on_the_wire_it_is_a_cloud_event_in_binary_mode() {
        eventually().until(() -> service.pending() == 0);
        broker().use(template -> new RabbitAdmin(template).purgeQueue(EventTopology.queue("api")));

        var stored = service.store(Events.progress(Events.BACKUP, 7), 42);

        broker().use(template -> {
            var message = template.receive(EventTopology.queue("api"), 10_000).getMessageProperties();
            assertThat(message.getReceivedRoutingKey()).isEqualTo("backup.progressed.v1");
            assertThat(message.getContentType()).isEqualTo("application/json");
            assertThat(message.getReceivedDeliveryMode()).isEqualTo(MessageDeliveryMode.PERSISTENT);
            assertThat(message.getHeaders())
                    .containsAllEntriesOf(Map.of(
                            "cloudEvents:specversion", "1.0",
                            "cloudEvents:id", stored.id().toString(),
                            "cloudEvents:source", "/holdfast/test-service",
                            "cloudEvents:type", "dev.holdfast.backup.progressed.v1",
                            "cloudEvents:subject", Events.BACKUP.toString(),
                            "cloudEvents:time", stored.time().toString(),
                            "cloudEvents:sequence", "42"));
            assertThat(message.getHeaders().keySet())
                    .allMatch(name -> name.startsWith("cloudEvents:") || name.startsWith("spring_"));
        });
    }

    @Test
    void a_queue_that_somebody_deleted_gets_what_other_queues_could_take_alone() {
        eventually().until(() -> service.pending() == 0);
        var queue = EventTopology.queue("worker");
        broker().use(template -> new RabbitAdmin(template).deleteQueue(queue));

        service.store(Events.full().getFirst(), 1);

        eventually().until(() -> service.pending() == 0);
        broker().use(template -> assertThat(new RabbitAdmin(template).getQueueInfo(queue))
                .isNotNull()
                .satisfies(info -> assertThat(info.getMessageCount()).isPositive()));
    }

    @Test
    void an_event_that_is_stored_again_is_sent_again_as_it_was() {
        var backup = BackupId.next();
        var stored = service.store(Events.progress(backup, 7), 42);
        eventually()
                .untilAsserted(() -> assertThat(service.received().of(backup)).containsExactly(stored));
        eventually().until(() -> service.pending() == 0);

        storeAgain(stored);

        eventually()
                .untilAsserted(() -> assertThat(service.received().of(backup)).containsExactly(stored, stored));
    }

    @Test
    void an_event_that_waits_to_be_sent_is_not_sent_twice_for_being_stored_again() {
        var backup = BackupId.next();
        var outbox = service.bean(Outbox.class);

        service.inTransaction().executeWithoutResult(status -> {
            var waiting = outbox.store(Events.progress(backup, 1), 1);
            outbox.storeAgain(waiting.id(), waiting.time(), waiting.data(), waiting.sequence());
        });
        var after = service.store(Events.progress(backup, 2), 2);

        eventually()
                .untilAsserted(() -> assertThat(service.received().of(backup))
                        .hasSize(2)
                        .last()
                        .isEqualTo(after));
    }

    private void storeAgain(EventEnvelope event) {
        service.inTransaction()
                .executeWithoutResult(status -> service.bean(Outbox.class)
                        .storeAgain(event.id(), event.time(), event.data(), event.sequence()));
    }

    @Test
    void nothing_is_sent_of_a_change_that_is_rolled_back() {
        var backup = BackupId.next();
        var outbox = service.bean(Outbox.class);

        service.inTransaction().executeWithoutResult(status -> {
            outbox.store(Events.progress(backup, 1), 1);
            status.setRollbackOnly();
        });
        var after = service.store(Events.progress(backup, 2), 2);

        eventually()
                .untilAsserted(() -> assertThat(service.received().of(backup)).containsExactly(after));
    }

    @Test
    void an_event_is_not_taken_outside_a_transaction() {
        assertThatExceptionOfType(IllegalTransactionStateException.class)
                .isThrownBy(() -> service.bean(Outbox.class).store(Events.progress(Events.BACKUP, 1), 1));
    }

    @Test
    void the_events_of_each_backup_keep_their_order_with_many_writers() {
        var backups = backups(16);

        writeSideBySide(backups, 1, List.of(service));

        assertInOrder(service, backups, EVENTS);
    }

    @Test
    void two_relays_on_one_outbox_keep_the_order() {
        var other = publishing(schema);
        var backups = backups(8);

        writeSideBySide(backups, 1, List.of(service, other));

        assertInOrder(service, backups, EVENTS);
    }

    static List<BackupId> backups(int count) {
        return Stream.generate(BackupId::next).limit(count).toList();
    }

    /** One writer per backup, as its locked row allows; event after event goes through one of the services. */
    static void writeSideBySide(List<BackupId> backups, long firstSequence, List<TestService> services) {
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var backup : backups) {
                writers.execute(() -> IntStream.range(0, EVENTS)
                        .forEach(index -> services.get(index % services.size())
                                .store(Events.progress(backup, index), firstSequence + index)));
            }
        }
    }

    static void assertInOrder(TestService receiver, List<BackupId> backups, int count) {
        var expected = LongStream.rangeClosed(1, count).boxed().toList();
        for (var backup : backups) {
            eventually()
                    .untilAsserted(() ->
                            assertThat(receiver.received().sequencesOf(backup)).isEqualTo(expected));
        }
    }
}
