package dev.holdfast.common.event;

import dev.holdfast.common.id.SourceId;

/**
 * A source is backed up no more. Its backups stay; what kept them from completing is nobody's problem any longer.
 *
 * @param sourceName what it was called, for people who read the event
 */
public record SourceDeleted(SourceId sourceId, String sourceName) implements HoldfastEvent {

    @Override
    public String subject() {
        return sourceId.toString();
    }
}
