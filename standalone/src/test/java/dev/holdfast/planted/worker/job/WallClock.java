package dev.holdfast.planted.worker.job;

import java.time.Instant;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
class WallClock {
    Instant now() {
        return Instant.now();
    }
}
