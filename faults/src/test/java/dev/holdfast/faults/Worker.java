package dev.holdfast.faults;

import dev.holdfast.faults.agent.DeathOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        dieAt(step, 1, 0);
    }

    /** The same at the nth time, or so many milliseconds after it. */
    void dieAt(Step step, int nth, long delayMillis) {
        try {
            var written = Files.writeString(
                    orders.resolveSibling(orders.getFileName() + ".new"),
                    new DeathOrder(step.point(), nth, delayMillis).toString());
            Files.move(written, orders, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
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
