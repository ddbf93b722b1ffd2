package dev.holdfast.notification.incident;

import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureClass;
import dev.holdfast.common.failure.FailureCode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One problem, from its first failure to its end; people hear of it twice, however many backups it hits.
 *
 * @param title one line for people
 * @param sequence of the event that said that it began
 * @param flapping it came and went so often that it only ends when it stays away for a while
 */
public record Incident(
        UUID id,
        String key,
        String title,
        Extent extent,
        Instant raisedAt,
        long sequence,
        boolean flapping,
        @Nullable Instant quietSince,
        @Nullable Instant resolvedAt) {

    public Failure failure() {
        return extent.failure();
    }

    /** Whether somebody has to grant something. */
    public boolean isPermission() {
        return failure().code().failureClass() == FailureClass.FIX_PERMISSIONS;
    }

    /** Whether it is about messages between the services, and no backup has failed. */
    public boolean isOfMessages() {
        return failure().code() == FailureCode.MESSAGE_PARKED;
    }

    public boolean isOpen() {
        return resolvedAt == null;
    }
}
