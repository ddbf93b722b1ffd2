package dev.holdfast.api.backup;

import dev.holdfast.api.access.Callers;
import dev.holdfast.api.document.Documents;
import dev.holdfast.api.web.idempotency.IdempotencyKey;
import dev.holdfast.api.web.idempotency.IdempotentRequests;
import dev.holdfast.api.web.idempotency.StoredAnswer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Accepts a wish for a backup, once however often it is sent under one key: the door for REST and for the console's form. */
@Service
public class RequestOnce {
    /** What the address of a backup over REST begins with. */
    static final String ADDRESS = "/api/v1/backups/";

    private final RequestBackup request;
    private final IdempotentRequests idempotent;
    private final TransactionOperations transaction;
    private final Documents documents;

    RequestOnce(
            RequestBackup request,
            IdempotentRequests idempotent,
            TransactionOperations transaction,
            Documents documents) {
        this.request = request;
        this.idempotent = idempotent;
        this.transaction = transaction;
        this.documents = documents;
    }

    /**
     * Accepts it, or gives the answer that was given before.
     *
     * @param key what marks sendings of one wish; absent where each is one of its own
     * @throws dev.holdfast.api.web.problem.ApiProblem when it can't be accepted, or the key was used for another wish
     */
    public StoredAnswer accept(BackupRequest wanted, @Nullable String key) {
        var marked =
                key == null ? null : IdempotencyKey.of(Callers.require().getName(), key, documents.canonical(wanted));
        var answer = transaction.execute(
                status -> marked == null ? accept(wanted) : idempotent.once(marked, () -> accept(wanted)));
        return Objects.requireNonNull(answer);
    }

    /** The id of the backup that an answer is about. */
    public static String idIn(StoredAnswer answer) {
        return answer.location().substring(ADDRESS.length());
    }

    private StoredAnswer accept(BackupRequest wanted) {
        var backup = request.accept(wanted);
        return new StoredAnswer(
                HttpStatus.ACCEPTED.value(), ADDRESS + backup.id(), documents.text(BackupView.of(backup)));
    }
}
