package dev.holdfast.common.event;

import java.util.Arrays;
import java.util.Optional;

/** The name of each event on the wire. Names are stored and sent: never rename or reuse one. */
public enum EventType {
    BACKUP_REQUESTED("backup.requested.v1", BackupRequested.class),
    BACKUP_CANCEL_REQUESTED("backup.cancel-requested.v1", BackupCancelRequested.class),
    BACKUP_STARTED("backup.started.v1", BackupStarted.class),
    BACKUP_PROGRESSED("backup.progressed.v1", BackupProgressed.class),
    BACKUP_COMPLETED("backup.completed.v1", BackupCompleted.class),
    BACKUP_FAILED("backup.failed.v1", BackupFailed.class),
    BACKUP_CANCELLED("backup.cancelled.v1", BackupCancelled.class),
    SOURCE_DELETED("source.deleted.v1", SourceDeleted.class),
    STORAGE_FAILED("worker.storage-failed.v1", StorageFailed.class),
    STORAGE_RECOVERED("worker.storage-recovered.v1", StorageRecovered.class),
    ALERT_RAISED("alert.raised.v1", AlertRaised.class),
    ALERT_RESOLVED("alert.resolved.v1", AlertResolved.class);

    /** What every type name on the wire starts with. */
    public static final String PREFIX = "dev.holdfast.";

    private final String routingKey;
    private final Class<? extends HoldfastEvent> dataType;

    EventType(String routingKey, Class<? extends HoldfastEvent> dataType) {
        this.routingKey = routingKey;
        this.dataType = dataType;
    }

    /** The type of an event's data. */
    public static EventType of(HoldfastEvent data) {
        return switch (data) {
            case BackupRequested event -> BACKUP_REQUESTED;
            case BackupCancelRequested event -> BACKUP_CANCEL_REQUESTED;
            case BackupStarted event -> BACKUP_STARTED;
            case BackupProgressed event -> BACKUP_PROGRESSED;
            case BackupCompleted event -> BACKUP_COMPLETED;
            case BackupFailed event -> BACKUP_FAILED;
            case BackupCancelled event -> BACKUP_CANCELLED;
            case SourceDeleted event -> SOURCE_DELETED;
            case StorageFailed event -> STORAGE_FAILED;
            case StorageRecovered event -> STORAGE_RECOVERED;
            case AlertRaised event -> ALERT_RAISED;
            case AlertResolved event -> ALERT_RESOLVED;
        };
    }

    /** Finds a type by its full wire name; empty for a type that this version does not know. */
    public static Optional<EventType> named(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName().equals(wireName))
                .findFirst();
    }

    /** The CloudEvents {@code type}, such as {@code dev.holdfast.backup.failed.v1}. */
    public String wireName() {
        return PREFIX + routingKey;
    }

    /** The AMQP routing key: the type without its prefix. */
    public String routingKey() {
        return routingKey;
    }

    public Class<? extends HoldfastEvent> dataType() {
        return dataType;
    }
}
