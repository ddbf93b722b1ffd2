package dev.holdfast.notification.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.BackupEvent;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.messaging.EventCodec;
import dev.holdfast.embedded.EmbeddedBroker;
import dev.holdfast.embedded.EmbeddedPostgres;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The log of a backup whose events come in any order, some of them again. -Dholdfast.histories and -Dholdfast.seed: how many, and the
 * one to begin with, as a failure names it.
 */
class LogHistoriesIT {
    /** In one transaction, which is rolled back: a commit costs more than a history. */
    private static final int AT_ONCE = 50;

    @Test
    void every_order_and_any_repetition_of_what_happens_reads_the_same() {
        long first = Long.getLong("holdfast.seed", System.nanoTime());
        long count = Long.getLong("holdfast.histories", 500);
        try (var broker = EmbeddedBroker.inMemory();
                var database = EmbeddedPostgres.temporary();
                var service = LogService.start(broker, database)) {
            var transaction = service.bean(TransactionOperations.class);
            for (long at = 0; at < count; at += AT_ONCE) {
                long from = first + at;
                long to = first + Math.min(count, at + AT_ONCE);
                transaction.executeWithoutResult(status -> {
                    status.setRollbackOnly();
                    LongStream.range(from, to).forEach(seed -> assertReadsTheSame(service, seed));
                });
            }
        }
        System.out.printf("%,d histories from seed %d came to one state each%n", count, first);
    }

    private static void assertReadsTheSame(LogService service, long seed) {
        var random = new Random(seed);
        var shop = Events.of("shop-" + seed);
        var history = history(shop, random);
        var delivered = new ArrayList<>(history);
        history.stream().filter(event -> random.nextBoolean()).forEach(delivered::add);
        Collections.shuffle(delivered, random);
        var codec = service.bean(EventCodec.class);
        var recorder = service.bean(EventRecorder.class);

        delivered.forEach(event -> recorder.record(codec.encode(event)));

        assertThat(page(service, shop))
                .as("-Dholdfast.seed=%d -Dholdfast.histories=1: %s", seed, delivered)
                .containsExactlyElementsOf(
                        history.reversed().stream().map(LogHistoriesIT::line).toList());
    }

    /** Attempts that fail and are tried again, and how the last one ends; a second between any two events. */
    private static List<EventEnvelope> history(Events shop, Random random) {
        var events = new ArrayList<BackupEvent>(List.of(shop.requested()));
        int attempts = 1 + random.nextInt(3);
        for (int attempt = 1; attempt <= attempts; attempt++) {
            events.add(shop.started());
            for (int told = random.nextInt(4); told > 0; told--) {
                events.add(shop.progressed(random.nextLong(1_000_000_000), random.nextInt(100), 100));
            }
            if (attempt < attempts) {
                events.add(shop.failed(true));
            }
        }
        switch (random.nextInt(3)) {
            case 0 -> events.add(shop.failed(false));
            case 1 -> events.addAll(List.of(shop.cancelRequested(), shop.cancelled()));
            default -> events.add(shop.completed());
        }
        var history = new ArrayList<EventEnvelope>();
        for (var event : events) {
            history.add(Events.at(history.size(), event));
        }
        return history;
    }

    private static List<String> page(LogService service, Events shop) {
        var query =
                new LogQuery(null, null, shop.backup().value(), LogLevel.DEBUG, null, List.of(), null, null, null, 200);
        return service.bean(EventLog.class).page(query).items().stream()
                .map(item -> item.time() + " " + item.eventId() + " " + item.message())
                .toList();
    }

    private static String line(EventEnvelope event) {
        return event.time() + " " + event.id() + " " + Sentences.of(event.data());
    }
}
