package dev.holdfast.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills, freezes and cuts whatever chance picks, and lets it live again. What ends by itself meanwhile, such as a service that found
 * no database when it started, is started again, as Compose and systemd do it. The same seed picks the same.
 */
final class Mayhem {
    /** How long the API is waited for at most: on a busy machine it would die again before it has answered anybody. */
    private static final Duration BREATH = Duration.ofSeconds(30);

    private final Installation holdfast;
    private final Random random;
    private final Map<String, Integer> done = new TreeMap<>();
    private final List<Throwable> troubles = new ArrayList<>();
    private final List<Deed> deeds;

    Mayhem(Installation holdfast, Random random) {
        this.holdfast = holdfast;
        this.random = random;
        deeds = List.of(
                new Deed("worker killed", this::killWorker),
                new Deed("worker killed", this::killWorker),
                new Deed("worker frozen", this::freezeWorker),
                new Deed("service killed", this::killService),
                new Deed("broker killed", this::killBroker),
                new Deed("broker frozen", this::freezeBroker),
                new Deed("database killed", this::killDatabase),
                new Deed("connections cut", this::cut));
    }

    /** Does one thing, and waits a little. */
    void next() {
        restartWhatEnded();
        var deed = deeds.get(random.nextInt(deeds.size()));
        try {
            deed.act().run();
            done.merge(deed.name(), 1, Integer::sum);
        } catch (RuntimeException | AssertionError e) {
            troubles.add(e);
        }
        pause(500 + random.nextInt(1500));
        // Mostly: the next death may as well come while it starts.
        if (random.nextInt(4) > 0) {
            letTheApiAnswer();
        }
    }

    private void letTheApiAnswer() {
        long until = System.nanoTime() + BREATH.toNanos();
        while (System.nanoTime() < until
                && holdfast.api().isAlive()
                && !holdfast.api().isReady()) {
            pause(200);
        }
    }

    /** What was done, and how often. */
    Map<String, Integer> done() {
        return done;
    }

    /** What could not be done, or not be taken back. */
    List<Throwable> troubles() {
        return troubles;
    }

    private void restartWhatEnded() {
        for (var process : holdfast.processes()) {
            if (!process.isAlive()) {
                process.start();
                done.merge("ended by itself", 1, Integer::sum);
            }
        }
    }

    private void killWorker() {
        var worker = worker();
        worker.kill();
        pause(random.nextInt(2000));
        worker.start();
    }

    private void freezeWorker() {
        var worker = worker();
        if (worker.isAlive()) {
            worker.freeze();
            pause(1000 + random.nextInt(5000));
            worker.thaw();
        }
    }

    private void killService() {
        var service = random.nextBoolean() ? holdfast.api() : holdfast.notification();
        service.kill();
        pause(random.nextInt(1000));
        service.start();
    }

    private void killBroker() {
        holdfast.broker().kill();
        pause(random.nextInt(2000));
        holdfast.broker().restart();
    }

    private void freezeBroker() {
        int length = random.nextInt(4000);
        if (holdfast.broker().tryFreeze()) {
            pause(length);
            holdfast.broker().thaw();
        } else {
            done.merge("broker too busy to be frozen", 1, Integer::sum);
        }
    }

    private void killDatabase() {
        holdfast.servers().database().kill();
        pause(random.nextInt(1000));
        holdfast.servers().database().restart();
    }

    private void cut() {
        for (var process : holdfast.processes()) {
            process.broker().cut();
            process.database().cut();
        }
    }

    private ServiceProcess worker() {
        return holdfast.worker("worker-" + (1 + random.nextInt(2))).process();
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }

    /** One thing that can be done. */
    private record Deed(String name, Runnable act) {}
}
