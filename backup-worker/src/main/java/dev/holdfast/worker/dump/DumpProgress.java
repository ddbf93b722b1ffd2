package dev.holdfast.worker.dump;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts how far a dump is, from what is written and from what the tool says; safe to feed from several threads. */
final class DumpProgress {
    private final DumpListener listener;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();

    DumpProgress(DumpListener listener) {
        this.listener = listener;
    }

    /** One process announces a table when it begins with it, several report one that is finished. */
    void heard(String line) {
        if (line.contains("dumping contents of table ")) {
            begun.incrementAndGet();
        } else if (line.contains(": finished item ") && line.contains(" TABLE DATA ")) {
            finished.incrementAndGet();
        }
    }

    /** @param total so far; a smaller one than before changes nothing */
    void written(long total) {
        listener.progressed(bytes.accumulateAndGet(total, Math::max), tablesDone());
    }

    long bytesWritten() {
        return bytes.get();
    }

    int tablesDone() {
        return Math.max(finished.get(), begun.get() - 1);
    }

    void complete() {
        listener.progressed(bytes.get(), Math.max(finished.get(), begun.get()));
    }
}
