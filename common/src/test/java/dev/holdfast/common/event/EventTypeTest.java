package dev.holdfast.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventTypeTest {

    /** Subscribers outside know these names, and outboxes hold them: add to this list, never change it. */
    @Test
    void the_names_on_the_wire_stay_as_they_are() {
        assertThat(Arrays.stream(EventType.values()).map(EventType::wireName))
                .containsExactly(
                        "dev.holdfast.backup.requested.v1",
                        "dev.holdfast.backup.cancel-requested.v1",
                        "dev.holdfast.backup.started.v1",
                        "dev.holdfast.backup.progressed.v1",
                        "dev.holdfast.backup.completed.v1",
                        "dev.holdfast.backup.failed.v1",
                        "dev.holdfast.backup.cancelled.v1",
                        "dev.holdfast.source.deleted.v1",
                        "dev.holdfast.worker.storage-failed.v1",
                        "dev.holdfast.worker.storage-recovered.v1",
                        "dev.holdfast.alert.raised.v1",
                        "dev.holdfast.alert.resolved.v1");
    }

    @Test
    void every_kind_of_event_has_exactly_one_type() {
        assertThat(Arrays.stream(EventType.values()).<Class<?>>map(EventType::dataType))
                .containsExactlyInAnyOrderElementsOf(kinds(HoldfastEvent.class).toList());
    }

    @Test
    void a_type_is_found_by_its_full_name_alone() {
        assertThat(EventType.named("dev.holdfast.backup.failed.v1")).contains(EventType.BACKUP_FAILED);
        assertThat(EventType.named("backup.failed.v1")).isEmpty();
        assertThat(EventType.named("dev.holdfast.backup.failed.v2")).isEmpty();
    }

    @Test
    void the_routing_key_is_the_type_without_its_prefix() {
        assertThat(EventType.BACKUP_CANCEL_REQUESTED.routingKey()).isEqualTo("backup.cancel-requested.v1");
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventTypeTest::kinds)
                : Stream.of(type);
    }
}
