package dev.holdfast.common.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes events from the outbox to the broker, at least once and in the order of each subject. Any number of relays may share an
 * outbox: an advisory lock lets one publish at a time, for as long as one transaction lasts. Whatever fails, the row stays and is
 * tried again, so the relay outlives restarts of broker and database.
 */
final class OutboxRelay implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private static final int BATCH = 500;
    /** A net below the notifications, which a broken connection may lose. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private final OutboxTable table;
    private final OutboxSignal signal;
    private final EventPublisher publisher;
    private final TransactionTemplate transaction;
    private final AmqpAdmin topology;
    private final Clock clock;
    private final OwnQueues queues;
    private final Counter published;
    private final Counter failures;
    private final BackOff backOff = new BackOff(Duration.ofMillis(250), Duration.ofSeconds(5));

    private volatile @Nullable Run run;

    OutboxRelay(
            OutboxTable table,
            OutboxSignal signal,
            EventPublisher publisher,
            TransactionTemplate transaction,
            AmqpAdmin topology,
            Clock clock,
            MeterRegistry meters) {
        this.table = table;
        this.signal = signal;
        this.publisher = publisher;
        this.transaction = transaction;
        this.topology = topology;
        this.clock = clock;
        queues = new OwnQueues(topology);
        published = Counter.builder("holdfast.outbox.published")
                .description("events that the broker has confirmed")
                .register(meters);
        failures = Counter.builder("holdfast.outbox.failures")
                .description("rounds of the relay that ended in an error and will be repeated")
                .register(meters);
        Gauge.builder("holdfast.outbox.pending", this, OutboxRelay::pending)
                .description("events that are stored and not yet confirmed by the broker")
                .register(meters);
    }

    @Override
    public void start() {
        var started = new Run(new CountDownLatch(1), new CountDownLatch(1));
        run = started;
        Thread.ofPlatform().name("holdfast-outbox-relay").daemon().start(() -> relay(started));
    }

    @Override
    public void stop() {
        var stopping = run;
        run = null;
        if (stopping == null) {
            return;
        }
        stopping.stop.countDown();
        try {
            table.wakeRelays();
        } catch (DataAccessException e) {
            log.debug("the relay can't be woken, it ends with its next look", e);
        }
        stopping.awaitEnd();
    }

    @Override
    public boolean isRunning() {
        return run != null;
    }

    /** Starts after the output binding and before consumers and web server, and stops after them: what they store still goes out. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void relay(Run current) {
        try (signal) {
            while (!current.isStopped()) {
                try {
                    signal.listen();
                    publishAll(current);
                    backOff.reset();
                    signal.await(POLL);
                } catch (EventPublisher.NotPublished | SQLException | RuntimeException e) {
                    repeatLater(e, current);
                }
            }
        } finally {
            current.ended.countDown();
        }
    }

    private void publishAll(Run current) throws EventPublisher.NotPublished {
        while (!current.isStopped()) {
            var batch = transaction.execute(status -> publishBatch());
            published.increment(batch.confirmed().size());
            var failure = batch.failure();
            if (failure != null) {
                throw failure;
            }
            if (batch.confirmed().isEmpty()) {
                return;
            }
        }
    }

    private OutboxBatch publishBatch() {
        var batch = new OutboxBatch(publisher, clock);
        if (table.lock()) {
            var oldest = table.oldest(BATCH);
            if (!oldest.isEmpty()) {
                publish(oldest, batch);
            }
        }
        return batch;
    }

    /** Rows are deleted only where every queue was there all the time; a second copy of an event is harmless. */
    private void publish(List<StoredEvent> events, OutboxBatch batch) {
        try {
            queues.requireAll();
            batch.publish(events);
            queues.requireAll();
            table.delete(batch.confirmed());
        } catch (EventPublisher.NotPublished e) {
            batch.fail(e);
        }
    }

    private void repeatLater(Exception e, Run current) {
        failures.increment();
        signal.close();
        var pause = backOff.next();
        log.warn(
                "events stay in the outbox: {}; trying again in {} ms",
                NestedExceptionUtils.getMostSpecificCause(e).toString(),
                pause.toMillis());
        if (!current.stoppedWithin(pause)) {
            declareAgain();
        }
    }

    /** An event that no queue took means that somebody deleted one while the connection stood. */
    private void declareAgain() {
        try {
            topology.initialize();
        } catch (RuntimeException e) {
            log.debug("the queues can't be declared now", e);
        }
    }

    private double pending() {
        try {
            return table.count();
        } catch (DataAccessException e) {
            return Double.NaN;
        }
    }

    /** One life of the relay, from start to stop. */
    private record Run(CountDownLatch stop, CountDownLatch ended) {
        private static final Duration LONGEST_ROUND = Duration.ofSeconds(15);

        boolean isStopped() {
            return stop.getCount() == 0;
        }

        boolean stoppedWithin(Duration pause) {
            return await(stop, pause);
        }

        void awaitEnd() {
            if (!await(ended, LONGEST_ROUND)) {
                log.warn("the outbox relay did not end in {}; its round is rolled back and repeated", LONGEST_ROUND);
            }
        }

        private static boolean await(CountDownLatch latch, Duration time) {
            try {
                return latch.await(time.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
    }
}
