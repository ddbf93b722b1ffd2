package dev.holdfast.common.event;

import java.time.Instant;
import java.util.UUID;

/**
 * An event with its CloudEvents 1.0 attributes.
 *
 * @param id unique for ever: what a consumer deduplicates on
 * @param source which service said it, such as {@code /holdfast/backup-worker}
 * @param time when it happened
 * @param sequence orders the events of one subject, see {@link Sequence}
 */
public record EventEnvelope(UUID id, String source, Instant time, long sequence, HoldfastEvent data) {

    public EventType type() {
        return EventType.of(data);
    }

    /** The CloudEvents {@code subject}. */
    public String subject() {
        return data.subject();
    }
}
