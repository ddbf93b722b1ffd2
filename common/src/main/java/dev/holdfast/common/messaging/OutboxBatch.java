package dev.holdfast.common.messaging;

import dev.holdfast.common.messaging.EventPublisher.NotPublished;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Publishes many events at once and yet in order: those of one subject one after another, each after the confirm of the one
 * before; different subjects side by side. Sending ahead of confirms would lose the order, since a channel that waits for one is
 * not used again, and the next event would overtake on another.
 */
final class OutboxBatch {
    /** As many as channels are kept, see {@code spring.rabbitmq.cache.channel.size}. */
    private static final int SUBJECTS_AT_ONCE = 32;

    /** Its transaction is silent meanwhile, which the database bears for no longer than 20 s; the last confirm may take 10 of them. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final EventPublisher publisher;
    private final Clock clock;
    private final Instant end;
    private final Semaphore places = new Semaphore(SUBJECTS_AT_ONCE);
    private final Queue<Long> confirmed = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable NotPublished> failure = new AtomicReference<>();

    OutboxBatch(EventPublisher publisher, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
        end = clock.instant().plus(LONGEST);
    }

    /** Publishes the events, and returns when each is confirmed or known to stay; what the time does not suffice for stays, too. */
    void publish(List<StoredEvent> events) {
        var bySubject = events.stream()
                .collect(Collectors.groupingBy(StoredEvent::subject, LinkedHashMap::new, Collectors.toList()));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            bySubject.values().forEach(ofOneSubject -> threads.execute(() -> publishInOrder(ofOneSubject)));
        }
    }

    /** None of it counts as published, whatever was confirmed. */
    void fail(NotPublished reason) {
        confirmed.clear();
        failure.set(reason);
    }

    /** The row ids of what the broker has. */
    List<Long> confirmed() {
        return List.copyOf(confirmed);
    }

    /** The first reason why an event stays, if any does. */
    @Nullable
    NotPublished failure() {
        return failure.get();
    }

    private void publishInOrder(List<StoredEvent> events) {
        places.acquireUninterruptibly();
        try {
            for (var event : events) {
                // One failure is nearly always the broker's; to try hundreds more would only take hundreds of timeouts.
                if (failure.get() != null || clock.instant().isAfter(end)) {
                    return;
                }
                publisher.publish(event);
                confirmed.add(event.id());
            }
        } catch (NotPublished e) {
            failure.compareAndSet(null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }
}
