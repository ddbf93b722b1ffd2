package dev.holdfast.common.messaging;

import static org.junit.jupiter.api.Assertions.fail;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;

/**
 * Whatever arrives is an event, or of a type that is not known, or poison: nothing else comes out, and nothing hangs.
 * -Dholdfast.fuzz.events and -Dholdfast.seed: how many, and the one to begin with, as a failure names it.
 */
class EventFuzzTest {
    private static final Duration LONG = Duration.ofSeconds(5);

    private final EventCodec codec = new EventCodec(new SimpleMeterRegistry());

    @Test
    void nothing_but_events_and_poison_comes_out() {
        var events = Stream.concat(Events.full().stream(), Events.minimal().stream())
                .map(Events::envelope)
                .map(codec::encode)
                .toList();
        long first = Long.getLong("holdfast.seed", System.nanoTime());
        long count = Long.getLong("holdfast.fuzz.events", 50_000);
        long read = 0;
        long start = System.nanoTime();
        for (long seed = first; seed < first + count; seed++) {
            read += decoded(new Mutations(seed, events).next(), seed);
        }
        System.out.printf(
                "%,d inputs from seed %d: %,d were events or of an unknown type, the others poison; %.1f s%n",
                count, first, read, (System.nanoTime() - start) / 1e9);
        if (count >= 10_000 && (read == 0 || read == count)) {
            fail("all of one kind: the inputs are no test");
        }
    }

    private int decoded(Message<byte[]> message, long seed) {
        long start = System.nanoTime();
        try {
            codec.decode(message);
            return 1;
        } catch (PoisonEvent e) {
            return 0;
        } catch (RuntimeException | Error e) {
            return fail("-Dholdfast.seed=%d -Dholdfast.fuzz.events=1: %s".formatted(seed, message), e);
        } finally {
            if (System.nanoTime() - start > LONG.toNanos()) {
                fail("-Dholdfast.seed=%d took more than %s".formatted(seed, LONG));
            }
        }
    }
}
