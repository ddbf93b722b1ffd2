package dev.holdfast.notification.alert;

import dev.holdfast.notification.channel.Channel;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** Sends over one channel, until it is interrupted. */
final class DeliveryWorker implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(DeliveryWorker.class);
    /** When nothing wakes it: for repetitions, and for what other instances stored. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(2);

    private final Channel channel;
    private final Dispatch dispatch;
    private final DeliverySignal signal;

    DeliveryWorker(Channel channel, Dispatch dispatch, DeliverySignal signal) {
        this.channel = channel;
        this.dispatch = dispatch;
        this.signal = signal;
    }

    @Override
    public void run() {
        var bell = signal.join();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                round(bell);
            }
        } catch (InterruptedException e) {
            // Asked to end.
        } finally {
            signal.leave(bell);
        }
    }

    private void round(Semaphore bell) throws InterruptedException {
        bell.drainPermits();
        try {
            var pause = dispatch.next(channel);
            if (pause.isPresent()) {
                rest(pause.get());
            } else {
                bell.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            log.warn(
                    "alerts by {} are held up: {}; trying again",
                    channel.name(),
                    NestedExceptionUtils.getMostSpecificCause(e).toString());
            rest(AFTER_TROUBLE);
        }
    }

    /** In which no bell is heard. */
    private static void rest(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); left > 0 && !Thread.currentThread().isInterrupted(); ) {
            LockSupport.parkNanos(left);
            left = end - System.nanoTime();
        }
    }
}
