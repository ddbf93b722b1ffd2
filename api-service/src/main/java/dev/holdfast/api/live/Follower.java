package dev.holdfast.api.live;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One client of the live updates. It keeps its place in the feed and nothing else: a slow one falls behind instead of filling memory,
 * and is dropped by the container's write timeout. A thread works for it only while there is something to send.
 */
final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final int BATCH = 100;

    /** Where events are read from. */
    interface Feed {
        List<LiveEvent> after(long id, int limit);
    }

    private final SseEmitter emitter;
    private final Feed feed;
    private final Executor threads;
    private final @Nullable UUID backup;
    private final Instant until;
    private final AtomicInteger wakes = new AtomicInteger();
    private volatile boolean beat;
    private long place;

    /**
     * @param place the last event that the client has
     * @param backup whose events are wanted; absent for all
     * @param until when the stream is to end
     */
    Follower(SseEmitter emitter, Feed feed, Executor threads, long place, @Nullable UUID backup, Instant until) {
        this.emitter = emitter;
        this.feed = feed;
        this.threads = threads;
        this.place = place;
        this.backup = backup;
        this.until = until;
    }

    /** There may be something to send. */
    void wake() {
        if (wakes.getAndIncrement() == 0) {
            threads.execute(this::send);
        }
    }

    /** The client should hear that the connection is alive; or its time is over. */
    void beat(Instant now) {
        if (now.isAfter(until)) {
            end();
        } else {
            beat = true;
            wake();
        }
    }

    void end() {
        emitter.complete();
    }

    private void send() {
        try {
            int handled;
            do {
                handled = wakes.get();
                sendBeat();
                sendEvents();
            } while (!wakes.compareAndSet(handled, 0));
        } catch (IOException | IllegalStateException e) {
            // The client has left, or takes nothing any more: it will come back with its Last-Event-ID. The container
            // has seen the
            // failed write too and ends the request; to end it here as well would race with that.
            LOG.debug("a follower is gone at event {}", place, e);
        } catch (RuntimeException e) {
            LOG.warn("live updates of a follower end at event {}, it may come back: {}", place, e.toString());
            emitter.complete();
        }
    }

    private void sendBeat() throws IOException {
        if (beat) {
            beat = false;
            emitter.send(SseEmitter.event().comment("alive"));
        }
    }

    private void sendEvents() throws IOException {
        var events = feed.after(place, BATCH);
        while (!events.isEmpty()) {
            for (var event : events) {
                if (backup == null || backup.equals(event.backupId())) {
                    emitter.send(SseEmitter.event()
                            .id(Long.toString(event.id()))
                            .name(event.type())
                            .data(event.body(), MediaType.TEXT_PLAIN));
                }
                place = event.id();
            }
            events = feed.after(place, BATCH);
        }
    }
}
