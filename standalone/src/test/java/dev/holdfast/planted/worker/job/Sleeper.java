package dev.holdfast.planted.worker.job;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
class Sleeper {
    void sleep() throws InterruptedException {
        Thread.sleep(1);
    }
}
