package dev.holdfast.api.source;

import dev.holdfast.api.seal.PasswordSeal;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.common.event.SealedSecret;
import dev.holdfast.common.id.SourceId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Creates, changes and deletes sources; a password is sealed before anything else is done with it. */
@Service
class EditSources {
    private static final Logger LOG = LoggerFactory.getLogger(EditSources.class);

    private final Sources sources;
    private final SourceUse use;
    private final PasswordSeal seal;
    private final TransactionOperations transaction;
    private final Clock clock;

    EditSources(Sources sources, SourceUse use, PasswordSeal seal, TransactionOperations transaction, Clock clock) {
        this.sources = sources;
        this.use = use;
        this.seal = seal;
        this.transaction = transaction;
        this.clock = clock;
    }

    Source create(SourceRequest request) {
        var password = request.password() == null ? "" : request.password();
        var now = now();
        var source = new Source(
                SourceId.next(),
                request.normalName(),
                request.connection(),
                request.media(),
                seal.seal(password),
                !password.isEmpty(),
                now,
                now);
        unlessNameTaken(() -> sources.insert(source));
        LOG.info("source {} is there: {}", source.id(), source.name());
        return source;
    }

    Source change(SourceId id, SourceRequest request) {
        var password = request.password();
        var sealed = password == null ? null : seal.seal(password);
        return unlessNameTaken(() -> transaction.execute(status -> {
            var changed = changed(locked(id), request, sealed);
            sources.update(changed);
            LOG.info("source {} is changed: {}", id, changed.name());
            return changed;
        }));
    }

    void delete(SourceId id) {
        transaction.executeWithoutResult(status -> {
            var source = locked(id);
            if (use.isBusy(id)) {
                throw new ApiProblem(ProblemCode.SOURCE_BUSY, "a backup of " + source.name() + " has not ended");
            }
            sources.delete(id);
            LOG.info("source {} is deleted, its backups stay: {}", id, source.name());
        });
    }

    private Source changed(Source source, SourceRequest request, @Nullable SealedSecret sealed) {
        return new Source(
                source.id(),
                request.normalName(),
                request.connection(),
                request.media(),
                sealed == null ? source.sealedPassword() : sealed,
                request.password() == null
                        ? source.passwordSet()
                        : !request.password().isEmpty(),
                source.createdAt(),
                now());
    }

    private Source locked(SourceId id) {
        return sources.lock(id).orElseThrow(() -> SourceApi.notFound(id));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static void unlessNameTaken(Runnable write) {
        unlessNameTaken(() -> {
            write.run();
            return true;
        });
    }

    private static <T> T unlessNameTaken(java.util.function.Supplier<T> write) {
        try {
            return write.get();
        } catch (DuplicateKeyException e) {
            var detail = "another source has this name";
            throw new ApiProblem(
                    ProblemCode.SOURCE_NAME_TAKEN,
                    detail,
                    FieldProblem.at("/name", detail, ProblemCode.SOURCE_NAME_TAKEN.name()));
        }
    }
}
