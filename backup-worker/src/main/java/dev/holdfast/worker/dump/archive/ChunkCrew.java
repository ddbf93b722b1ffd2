package dev.holdfast.worker.dump.archive;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * A few threads that work on a few chunks, and no more: who wants a chunk when all are in use waits for the oldest. Results come
 * out in the order in which the work went in, on the thread that gives it in.
 */
final class ChunkCrew<R> implements AutoCloseable {
    private final ExecutorService threads;
    private final List<Chunk> all = new ArrayList<>();
    private final Deque<Chunk> free = new ArrayDeque<>();
    private final Deque<Pending<R>> pending = new ArrayDeque<>();
    private final Delivery<R> delivery;

    ChunkCrew(int threadCount, Supplier<DeflateCodec> codecs, Delivery<R> delivery) {
        this.delivery = delivery;
        threads = Executors.newFixedThreadPool(
                threadCount, Thread.ofPlatform().daemon().name("archive-", 1).factory());
        for (int i = 0; i < threadCount + 2; i++) {
            all.add(new Chunk(codecs.get()));
        }
        free.addAll(all);
    }

    static int threadsOfThisMachine() {
        return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);
    }

    /** A chunk to fill; must come back by {@link #submit}. */
    Chunk take() throws IOException {
        while (free.isEmpty()) {
            deliverOldest();
        }
        return free.remove();
    }

    /** Has the work done, by and by. The chunk is free again after the delivery of its result. */
    void submit(Chunk chunk, Callable<R> work) {
        pending.add(new Pending<>(chunk, threads.submit(work)));
    }

    /** Delivers all that is left. */
    void finish() throws IOException {
        while (!pending.isEmpty()) {
            deliverOldest();
        }
    }

    private void deliverOldest() throws IOException {
        var oldest = pending.remove();
        delivery.deliver(oldest.chunk(), await(oldest.result()));
        free.add(oldest.chunk());
    }

    private static <R> R await(Future<R> result) throws IOException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a chunk", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("a chunk could not be worked on", e.getCause());
        }
    }

    /** Waits for work under way, a fraction of a second, because it uses memory that goes away here. */
    @Override
    public void close() {
        pending.forEach(work -> work.result().cancel(false));
        threads.close();
        all.forEach(Chunk::close);
    }

    private record Pending<R>(Chunk chunk, Future<R> result) {}

    /** Takes a result; the chunk is reused after the call. */
    @FunctionalInterface
    interface Delivery<R> {
        void deliver(Chunk chunk, R result) throws IOException;
    }
}
