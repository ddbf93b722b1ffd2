package dev.holdfast.planted.worker.job;

import java.io.IOException;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
class ShellCaller {
    Process call() throws IOException {
        return new ProcessBuilder("sh").start();
    }
}
