package dev.holdfast.api.backup;

import dev.holdfast.api.document.Documents;
import dev.holdfast.api.upstream.Upstream;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.common.id.BackupId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** Has the worker read the files of a backup again, to their ends, and hold them against what was recorded of them. */
@Component
public class CheckFiles {
    private static final Duration LIMIT = Duration.ofHours(6);
    private static final TypeReference<List<CheckedFile>> FILES = new TypeReference<>() {};

    /**
     * How a file came out.
     *
     * @param finding whole, changed, missing or unreadable
     * @param foundSha256 absent where it could not be read
     * @param detail why it could not be read
     */
    public record CheckedFile(
            String file,
            String finding,
            String sha256,
            @Nullable String foundSha256,
            @Nullable String detail) {}

    private final Upstream worker;
    private final Documents documents;

    CheckFiles(Upstream worker, Documents documents) {
        this.worker = worker;
        this.documents = documents;
    }

    /** @throws ApiProblem when the worker does not answer, or has no files of this backup */
    public List<CheckedFile> check(BackupId id) {
        var reply = worker.exchange("POST", "/internal/v1/backups/" + id + "/check", null, LIMIT);
        if (reply.status() == 404) {
            throw new ApiProblem(ProblemCode.ARTIFACT_NOT_FOUND, "the backup-worker has no files of this backup");
        }
        if (!reply.isSuccess()) {
            throw new ApiProblem(ProblemCode.UPSTREAM_FAILED, "the backup-worker answered with " + reply.status());
        }
        return Objects.requireNonNull(documents.read(reply.body(), FILES));
    }
}
