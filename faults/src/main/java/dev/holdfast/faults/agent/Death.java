package dev.holdfast.faults.agent;

import dev.holdfast.faults.agent.DeathOrder.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What instrumented methods call: ends or freezes this process, if that was ordered for the point. */
public final class Death {
    private static final Map<String, Integer> PASSED = new ConcurrentHashMap<>();
    private static volatile @Nullable Path orders;

    private Death() {}

    /** From now on orders are read from this file, at each point that is reached. */
    static void obey(Path file) {
        orders = file;
    }

    /** Called by the instrumented code. Returns, or doesn't: the process is gone then, with no code of its own run. */
    public static void reached(String point) {
        var order = order();
        if (order == null || !order.point().toString().equals(point)) {
            return;
        }
        if (PASSED.merge(point, 1, Integer::sum) != order.nth()) {
            return;
        }
        if (order.delayMillis() == 0) {
            obey(order.signal());
        } else {
            Thread.ofPlatform().daemon().start(() -> {
                LockSupport.parkNanos(order.delayMillis() * 1_000_000);
                obey(order.signal());
            });
        }
    }

    private static @Nullable DeathOrder order() {
        try {
            var text = Files.readString(Objects.requireNonNull(orders)).strip();
            return text.isEmpty() ? null : DeathOrder.parse(text);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From outside: nothing in this process, no hook and no finally, gets to know of it. */
    private static void obey(Signal signal) {
        var self = Long.toString(ProcessHandle.current().pid());
        try {
            new ProcessBuilder("kill", "-" + signal, self).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the order could not be obeyed", e);
        }
        while (signal == Signal.KILL) {
            LockSupport.park();
        }
    }
}
