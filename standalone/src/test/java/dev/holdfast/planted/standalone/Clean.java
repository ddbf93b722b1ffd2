package dev.holdfast.planted.standalone;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
class Clean {
    private final Clock clock;

    Clean(Clock clock) {
        this.clock = clock;
    }

    Process start() throws IOException {
        System.out.println(LocalDate.now(clock));
        return new ProcessBuilder("true").start();
    }
}
