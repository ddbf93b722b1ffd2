package dev.holdfast.api.source;

import dev.holdfast.api.document.Documents;
import dev.holdfast.api.upstream.Upstream;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.common.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** Has the worker look at a source as the preflight of a backup would. */
@Component
public class CheckSource {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final TypeReference<Findings> FINDINGS = new TypeReference<>() {};

    /** What the worker has found. */
    public record Findings(boolean passed, List<Finding> checks) {}

    /** @param status passed, failed or skipped */
    public record Finding(
            String name,
            String status,
            String detail,
            @Nullable Failure failure) {}

    private final Upstream worker;
    private final Documents documents;

    CheckSource(Upstream worker, Documents documents) {
        this.worker = worker;
        this.documents = documents;
    }

    /** @throws ApiProblem when the worker does not answer, or can't look */
    public Findings check(Source source) {
        var request = documents.text(PreflightRequest.of(source));
        var reply = worker.exchange("POST", "/internal/v1/preflight", request, LIMIT);
        if (!reply.isSuccess()) {
            throw new ApiProblem(ProblemCode.UPSTREAM_FAILED, "the backup-worker answered with " + reply.status());
        }
        return Objects.requireNonNull(documents.read(reply.body(), FINDINGS));
    }
}
