package dev.holdfast.worker.health;

import dev.holdfast.common.failure.FailureCode;
import java.time.Instant;

/**
 * An outage that all workers know of.
 *
 * @param worker who noticed it, and is alone to end it while it lives
 * @param abandoned whether that worker has not confirmed it for so long that another one may
 */
record Outage(String worker, Instant since, FailureCode code, boolean abandoned) {

    boolean isFor(String asking) {
        return abandoned || worker.equals(asking);
    }
}
