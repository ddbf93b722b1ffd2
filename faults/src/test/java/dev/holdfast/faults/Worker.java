package dev.holdfast.faults;

import dev.holdfast.faults.agent.DeathOrder;
import dev.holdfast.faults.agent.DeathOrder.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A worker that can be told where to die. */
record Worker(ServiceProcess process, Path orders) implements AutoCloseable {

    static Worker of(ServiceProcess process, Path directory) {
        var orders = directory.resolve(process.name() + ".orders");
        var points = Arrays.stream(Step.values()).map(step -> step.point().toString());
        process.jvm("-javaagent:" + Jars.agent() + "="
                + Stream.concat(Stream.of(orders.toString()), points).collect(Collectors.joining(";")));
        return new Worker(process, orders);
    }

    /** Orders its death by kill -9 when it comes to that step for the first time from its start on. */
    void dieAt(Step step) {
        order(step, Signal.KILL, 0);
    }

    /** The same so many milliseconds after it came to that step. */
    void dieAfter(Step step, long delayMillis) {
        order(step, Signal.KILL, delayMillis);
    }

    /** Orders it to freeze, as a virtual machine that is paused, when it comes to that step. */
    void freezeAt(Step step) {
        order(step, Signal.STOP, 0);
    }

    private void order(Step step, Signal signal, long delayMillis) {
        try {
            var written = Files.writeString(
                    orders.resolveSibling(orders.getFileName() + ".new"),
                    new DeathOrder(step.point(), signal, 1, delayMillis).toString());
            Files.move(written, orders, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It may live. */
    void pardon() {
        try {
            Files.deleteIfExists(orders);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
