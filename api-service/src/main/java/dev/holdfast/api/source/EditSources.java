package dev.holdfast.api.source;

import dev.holdfast.api.seal.PasswordSeal;
import dev.holdfast.api.web.IfMatch;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.common.event.SealedSecret;
import dev.holdfast.common.event.Sequence;
import dev.holdfast.common.event.SourceDeleted;
import dev.holdfast.common.id.SourceId;
import dev.holdfast.common.messaging.Outbox;
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
public class EditSources {
    private static final Logger LOG = LoggerFactory.getLogger(EditSources.class);

    private final Sources sources;
    private final SourceUse use;
    private final PasswordSeal seal;
    private final Outbox outbox;
    private final TransactionOperations transaction;
    private final Clock clock;

    EditSources(
            Sources sources,
            SourceUse use,
            PasswordSeal seal,
            Outbox outbox,
            TransactionOperations transaction,
            Clock clock) {
        this.sources = sources;
        this.use = use;
        this.seal = seal;
        this.outbox = outbox;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @throws ApiProblem when another source has the name, or nothing can be sealed */
    public Source create(SourceRequest request) {
        var password = request.password() == null ? "" : request.password();
        var now = now();
        var source = new Source(
                SourceId.next(),
                request.normalName(),
                request.connection(),
                request.media(),
                seal.seal(password),
                !password.isEmpty(),
                Boolean.TRUE.equals(request.paused()),
                1,
                now,
                now);
        unlessNameTaken(() -> sources.insert(source));
        LOG.info("source {} is there: {}", source.id(), source.name());
        return source;
    }

    /**
     * Changes a source as a whole.
     *
     * @param expected what it must still be
     * @throws ApiProblem when there is none, it is not what was expected, it goes to another server without a password, another one has
     *     the name, or nothing can be sealed
     */
    public Source change(SourceId id, SourceRequest request, IfMatch expected) {
        var password = request.password();
        var sealed = password == null ? null : seal.seal(password);
        return unlessNameTaken(() -> transaction.execute(status -> {
            var changed = changed(locked(id, expected), request, sealed);
            sources.update(changed);
            LOG.info("source {} is changed: {}", id, changed.name());
            return changed;
        }));
    }

    /** Refuses new backups of a source from now on, or accepts them again. */
    public void pause(SourceId id, boolean paused) {
        transaction.executeWithoutResult(status -> {
            var source = locked(id, IfMatch.ANYTHING);
            if (source.paused() != paused) {
                sources.update(source.paused(paused, now()));
                LOG.info("source {} {}: {}", id, paused ? "is paused" : "takes backups again", source.name());
            }
        });
    }

    /**
     * Deletes a source; its backups stay.
     *
     * @param expected what it must still be
     * @throws ApiProblem when there is none, it is not what was expected, or a backup of it has not ended
     */
    public void delete(SourceId id, IfMatch expected) {
        transaction.executeWithoutResult(status -> {
            var source = locked(id, expected);
            if (use.isBusy(id)) {
                throw new ApiProblem(ProblemCode.SOURCE_BUSY, "a backup of " + source.name() + " has not ended");
            }
            sources.delete(id);
            outbox.store(new SourceDeleted(id, source.name()), Sequence.after(0, clock));
            LOG.info("source {} is deleted, its backups stay: {}", id, source.name());
        });
    }

    private Source changed(Source source, SourceRequest request, @Nullable SealedSecret sealed) {
        source.requirePasswordOf(request);
        return new Source(
                source.id(),
                request.normalName(),
                request.connection(),
                request.media(),
                sealed == null ? source.sealedPassword() : sealed,
                request.password() == null
                        ? source.passwordSet()
                        : !request.password().isEmpty(),
                request.paused() == null ? source.paused() : request.paused(),
                source.version() + 1,
                source.createdAt(),
                now());
    }

    private Source locked(SourceId id, IfMatch expected) {
        var source = sources.lock(id).orElseThrow(() -> SourceApi.notFound(id));
        if (!expected.allows(source.etag())) {
            throw new ApiProblem(ProblemCode.SOURCE_CHANGED, source.name() + " was changed by somebody else meanwhile");
        }
        return source;
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
