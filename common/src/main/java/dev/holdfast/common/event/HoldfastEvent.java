package dev.holdfast.common.event;

/**
 * Something that happened. Delivered at least once and in any order: deduplicate by the envelope's id, order the events of one
 * subject by its sequence. Additions within a version are optional fields; a break is a new version beside the old one.
 */
public sealed interface HoldfastEvent permits BackupEvent, SourceDeleted, StorageEvent, AlertEvent {

    /** What it is about, as the CloudEvents {@code subject}. */
    String subject();
}
