package dev.holdfast.common.messaging;

import dev.holdfast.common.id.BackupId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures events per second from {@code Outbox.store} in a transaction of its own to the consumer, in order, on the embedded
 * broker and database, or on a broker given as {@code host port user password}.
 */
public final class OutboxThroughput {
    private static final int SUBJECTS = 16;
    private static final int EVENTS = 1000;

    private OutboxThroughput() {}

    /** Prints one line per round; the first ones warm the machine up. */
    public static void main(String[] arguments) {
        var broker = arguments.length == 4
                ? new BrokerAddress(arguments[0], Integer.parseInt(arguments[1]), arguments[2], arguments[3])
                : Embedded.broker();
        try (var service = TestService.consuming("notification", broker, Embedded.DATABASE, "throughput")) {
            for (var round = 1; round <= 4; round++) {
                System.out.println("round " + round + ": " + measure(service));
            }
        }
        System.exit(0);
    }

    /** One round, as a line of text. */
    static String measure(TestService service) {
        var subjects = Stream.generate(BackupId::next).limit(SUBJECTS).toList();
        var before = System.nanoTime();
        write(service, subjects);
        var written = Duration.ofNanos(System.nanoTime() - before);
        awaitAll(service, subjects);
        var arrived = Duration.ofNanos(System.nanoTime() - before);
        var total = SUBJECTS * EVENTS;
        return "%,d events of %d subjects: %,.0f/s stored, %,.0f/s end to end, %d out of order"
                .formatted(
                        total,
                        SUBJECTS,
                        total / seconds(written),
                        total / seconds(arrived),
                        outOfOrder(service, subjects));
    }

    private static void write(TestService service, List<BackupId> subjects) {
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            subjects.forEach(subject -> writers.execute(() -> IntStream.rangeClosed(1, EVENTS)
                    .forEach(number -> service.store(Events.progress(subject, number), number))));
        }
    }

    private static void awaitAll(TestService service, List<BackupId> subjects) {
        MessagingFixture.eventually()
                .until(() -> subjects.stream()
                        .allMatch(subject -> service.received().of(subject).size() >= EVENTS));
    }

    private static long outOfOrder(TestService service, List<BackupId> subjects) {
        return subjects.stream()
                .map(subject -> service.received().sequencesOf(subject))
                .mapToLong(sequences -> IntStream.range(1, sequences.size())
                        .filter(index -> sequences.get(index) < sequences.get(index - 1))
                        .count())
                .sum();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
