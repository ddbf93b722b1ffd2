package dev.holdfast.api.source;

import dev.holdfast.api.document.Documents;
import dev.holdfast.api.seal.PasswordSeal;
import dev.holdfast.api.upstream.Upstream;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** Has the worker look at a source as a backup's preflight would, whether the source is stored or only wished for. */
@Service
public class TestSource {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final TypeReference<PreflightReport> REPORT = new TypeReference<>() {};

    private final PasswordSeal seal;
    private final Upstream worker;
    private final Documents documents;

    TestSource(PasswordSeal seal, Upstream worker, Documents documents) {
        this.seal = seal;
        this.worker = worker;
        this.documents = documents;
    }

    /** @throws ApiProblem when the worker does not answer, or not as agreed */
    public PreflightReport test(Source source) {
        return ask(PreflightRequest.of(source));
    }

    /**
     * Tests what somebody is about to store.
     *
     * @param stored whose password counts where none is given, on the same server; null where there is nothing yet
     * @throws ApiProblem when the password is needed again, the worker does not answer, or not as agreed, or nothing can be sealed
     */
    public PreflightReport test(SourceRequest wanted, @Nullable Source stored) {
        if (stored != null) {
            stored.requirePasswordOf(wanted);
        }
        var password = wanted.password();
        var sealed = password == null && stored != null
                ? stored.sealedPassword()
                : seal.seal(password == null ? "" : password);
        var connection = Source.resolvable(wanted.connection());
        return ask(new PreflightRequest(wanted.normalName(), connection, sealed, wanted.media()));
    }

    private PreflightReport ask(PreflightRequest request) {
        var reply = worker.exchange("POST", "/internal/v1/preflight", documents.text(request), LIMIT);
        if (!reply.isSuccess()) {
            throw new ApiProblem(ProblemCode.UPSTREAM_FAILED, "the backup-worker answered with " + reply.status());
        }
        try {
            return Objects.requireNonNull(documents.read(reply.body(), REPORT));
        } catch (JacksonException e) {
            throw new ApiProblem(
                    ProblemCode.UPSTREAM_FAILED, "the backup-worker's findings can't be read", List.of(), e);
        }
    }
}
