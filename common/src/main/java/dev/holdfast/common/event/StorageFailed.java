package dev.holdfast.common.event;

import dev.holdfast.common.failure.Failure;
import java.time.Instant;

/**
 * No backup can be written any more; told once per outage, and once more where the reason changes.
 *
 * @param since when it was noticed first
 * @param failure what a backup would fail with now
 */
public record StorageFailed(String worker, String root, Instant since, Failure failure) implements StorageEvent {}
