package dev.holdfast.worker.web;

import dev.holdfast.common.id.BackupId;
import dev.holdfast.worker.job.JobState;
import dev.holdfast.worker.job.RecallOutcome;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Where somebody asks who has not heard of a backup for long: its request or its end may be lost. */
@RestController
class RecallEndpoint {
    private final RecallOutcome recall;

    RecallEndpoint(RecallOutcome recall) {
        this.recall = recall;
    }

    /** @param state {@code running}, also while it waits for its turn, or {@code ended}; its end is then published again */
    record Recalled(String state) {}

    /** A 404 says that no request for that attempt has come. Asking twice does no harm. */
    @PostMapping("/internal/v1/backups/{id}/recall")
    Recalled recall(@PathVariable UUID id, @RequestParam int attempt) {
        return recall.recall(new BackupId(id), attempt)
                .map(RecallEndpoint::answer)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no request for this attempt"));
    }

    private static Recalled answer(JobState state) {
        return new Recalled(state.ended() ? "ended" : "running");
    }
}
