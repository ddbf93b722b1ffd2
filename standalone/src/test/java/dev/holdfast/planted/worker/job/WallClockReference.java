package dev.holdfast.planted.worker.job;

import java.time.LocalDate;
import java.util.function.Supplier;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
class WallClockReference {
    Supplier<LocalDate> today() {
        return LocalDate::now;
    }
}
