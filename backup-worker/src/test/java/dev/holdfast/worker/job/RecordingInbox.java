package dev.holdfast.worker.job;

import dev.holdfast.common.messaging.Inbox;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Remembers what was delivered, in memory. */
final class RecordingInbox implements Inbox {
    private final Set<UUID> delivered = new HashSet<>();

    @Override
    public boolean firstDelivery(UUID eventId) {
        return delivered.add(eventId);
    }

    @Override
    public Set<UUID> delivered(Collection<UUID> eventIds) {
        var known = new HashSet<>(eventIds);
        known.retainAll(delivered);
        return known;
    }
}
