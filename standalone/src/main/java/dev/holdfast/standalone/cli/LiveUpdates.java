package dev.holdfast.standalone.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Says when a backup is worth another look: at once when Holdfast sends an event about it, and after a while in any case, so that
 * following goes on without live updates too.
 */
final class LiveUpdates implements AutoCloseable {
    private static final Duration LOOK_ANYWAY = Duration.ofSeconds(1);
    private static final Duration RECONNECT = Duration.ofSeconds(2);

    private final Semaphore news = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Api api;
    private final String path;
    private final Thread reader;

    LiveUpdates(Api api, String backup) {
        this.api = api;
        this.path = "/api/v1/events?backup=" + backup;
        this.reader = Thread.ofVirtual().name("live-updates").start(this::read);
    }

    /** Returns when there may be something new. */
    void await() throws InterruptedException {
        if (news.tryAcquire(LOOK_ANYWAY.toMillis(), TimeUnit.MILLISECONDS)) {
            news.drainPermits();
        }
    }

    private void read() {
        while (!Thread.currentThread().isInterrupted()) {
            try (var lines = new BufferedReader(new InputStreamReader(api.follow(path), StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data:")) {
                        news.release();
                    }
                }
            } catch (IOException e) {
                // The look after a while goes on; what is wrong with the server will show there.
            }
            if (!paused()) {
                return;
            }
        }
    }

    private boolean paused() {
        try {
            return !closed.await(RECONNECT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        reader.interrupt();
    }
}
