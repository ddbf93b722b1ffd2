package dev.holdfast.common.event;

import dev.holdfast.common.failure.FailureCode;
import java.time.Instant;

/**
 * Backups can be written again: a file was written, synced, renamed and deleted there.
 *
 * @param failedSince when the outage that ends with this was noticed
 * @param code the last reason of that outage
 */
public record StorageRecovered(String worker, String root, Instant failedSince, FailureCode code)
        implements StorageEvent {}
