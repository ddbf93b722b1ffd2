package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.EventEnvelope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which queues there are, and what comes to them. */
abstract class TopologyContract extends MessagingFixture {

    @BeforeEach
    void startWithoutAnyQueue() {
        deleteQueues();
    }

    @Test
    void every_queue_exists_before_the_first_event_although_no_consumer_ever_ran() {
        var publisher = publishing(aSchema());

        var stored = storeEach(publisher);

        var api = consuming("api", aSchema());
        eventually()
                .untilAsserted(() -> assertThat(api.received().events()).containsExactlyInAnyOrderElementsOf(stored));
        var notification = consuming("notification", aSchema());
        eventually()
                .untilAsserted(
                        () -> assertThat(notification.received().events()).containsExactlyInAnyOrderElementsOf(stored));
    }

    @Test
    void the_worker_gets_what_it_is_asked_for_alone() {
        var publisher = publishing(aSchema());

        var stored = storeEach(publisher);

        var worker = consuming("worker", aSchema());
        eventually()
                .untilAsserted(() -> assertThat(worker.received().events())
                        .containsExactlyInAnyOrderElementsOf(stored.subList(0, 2)));
    }

    @Test
    void an_event_that_no_queue_takes_is_kept_until_one_does() {
        var service = publishing(aSchema());
        service.store(Events.progress(Events.BACKUP, 1), 1);
        eventually().until(() -> service.pending() == 0);
        deleteQueues();

        var stored = service.store(Events.progress(Events.BACKUP, 2), 2);

        eventually().until(() -> service.pending() == 0);
        broker().use(template -> assertThat(template.receive(EventTopology.queue("api"))
                        .getMessageProperties()
                        .getHeaders())
                .containsEntry("cloudEvents:id", stored.id().toString()));
        assertThat(service.meter("holdfast.outbox.failures")).isPositive();
    }

    static List<EventEnvelope> storeEach(TestService service) {
        var stored = new ArrayList<EventEnvelope>();
        for (var event : Events.full()) {
            stored.add(service.store(event, 1 + stored.size()));
        }
        eventually().until(() -> service.pending() == 0);
        return stored;
    }
}
