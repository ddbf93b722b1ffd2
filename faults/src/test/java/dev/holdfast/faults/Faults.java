package dev.holdfast.faults;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What is done to the bytes that go in one direction. */
final class Faults {
    private final Lock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private long budget = Long.MAX_VALUE;
    private long bytesPerSecond = Long.MAX_VALUE;
    private boolean dropping;
    private long nextAt = System.nanoTime();
    private long passed;
    private @Nullable String awaited;
    private Runnable reaction = () -> {};

    void stall() {
        stallAfter(0);
    }

    void stallAfter(long bytes) {
        set(() -> budget = bytes);
    }

    void limit(long bytesASecond) {
        set(() -> {
            bytesPerSecond = bytesASecond;
            nextAt = System.nanoTime();
        });
    }

    void drop() {
        set(() -> dropping = true);
    }

    /** Does something when such a text comes, before it is passed on. */
    void onceSeen(String text, Runnable action) {
        set(() -> {
            awaited = text;
            reaction = action;
        });
    }

    void see(byte[] buffer, int length) {
        lock.lock();
        try {
            if (awaited != null && new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(awaited)) {
                awaited = null;
                reaction.run();
            }
        } finally {
            lock.unlock();
        }
    }

    void heal() {
        set(() -> {
            awaited = null;
            budget = Long.MAX_VALUE;
            bytesPerSecond = Long.MAX_VALUE;
            dropping = false;
        });
    }

    long passed() {
        lock.lock();
        try {
            return passed;
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes to take at once: few where it is slow, so that slow is even. */
    int chunk() {
        lock.lock();
        try {
            return (int) Math.clamp(bytesPerSecond / 20, 1, 64 * 1024);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until so many bytes may pass.
     *
     * @return whether they are to be sent on; they are swallowed where not
     */
    boolean admit(int bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (dropping) {
                    return false;
                }
                long wait = nextAt - System.nanoTime();
                if (budget <= 0) {
                    change.await();
                } else if (bytesPerSecond != Long.MAX_VALUE && wait > 0) {
                    change.await(wait, TimeUnit.NANOSECONDS);
                } else {
                    break;
                }
            }
            if (budget != Long.MAX_VALUE) {
                budget -= bytes;
            }
            if (bytesPerSecond != Long.MAX_VALUE) {
                nextAt = Math.max(nextAt, System.nanoTime()) + bytes * 1_000_000_000L / bytesPerSecond;
            }
            passed += bytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void set(Runnable fault) {
        lock.lock();
        try {
            fault.run();
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
