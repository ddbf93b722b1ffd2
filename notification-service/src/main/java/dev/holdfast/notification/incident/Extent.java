package dev.holdfast.notification.incident;

import dev.holdfast.common.failure.Failure;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * How far a problem reaches, by the facts that still count.
 *
 * @param failure the newest
 * @param failures how many attempts failed
 * @param backupsHit how many backups these belong to
 * @param backups the first five of them
 */
public record Extent(
        Failure failure,
        Instant since,
        Instant lastFailureAt,
        int failures,
        int backupsHit,
        List<UUID> backups,
        List<HitSource> sources) {}
