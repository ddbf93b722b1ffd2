package dev.holdfast.api.backup;

import dev.holdfast.api.upstream.Upstream;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.common.id.BackupId;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Asks the worker by HTTP, past the broker, what has become of a backup; where that has ended, the worker publishes the end again. */
@Component
class WorkerRecall {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Upstream worker;

    WorkerRecall(Upstream worker) {
        this.worker = worker;
    }

    /**
     * Asks about one attempt or a later one.
     *
     * @return whether the worker has got a request for it
     * @throws ApiProblem when the worker does not answer, or not as agreed
     */
    boolean ask(BackupId id, int attempt) {
        return worker.ask("/internal/v1/backups/%s/recall?attempt=%d".formatted(id, attempt), PATIENCE);
    }
}
