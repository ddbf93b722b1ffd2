package dev.holdfast.worker.verify;

import dev.holdfast.common.failure.BackupException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs pieces of work at the same time; the first that fails ends all. */
final class SideBySide {
    private SideBySide() {}

    /** The results in the order of the work; returns, or throws, only when no piece runs any more. */
    static <T> List<T> run(List<Callable<T>> work, int threads) {
        var factory = Thread.ofPlatform().daemon().name("verify-", 1).factory();
        try (var executor = Executors.newFixedThreadPool(threads, factory)) {
            var done = new ExecutorCompletionService<T>(executor);
            var all = new ArrayList<Future<T>>();
            work.forEach(piece -> all.add(done.submit(piece)));
            try {
                for (int i = 0; i < all.size(); i++) {
                    done.take().get();
                }
                return all.stream().map(Future::resultNow).toList();
            } catch (ExecutionException e) {
                executor.shutdownNow();
                throw e.getCause() instanceof BackupException known ? known : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                executor.shutdownNow();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while artifacts were read", e);
            }
        }
    }
}
