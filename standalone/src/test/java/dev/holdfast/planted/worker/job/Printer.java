package dev.holdfast.planted.worker.job;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
class Printer {
    void print() {
        System.out.println("no level, no time");
    }
}
