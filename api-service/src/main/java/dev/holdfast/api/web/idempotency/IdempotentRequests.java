package dev.holdfast.api.web.idempotency;

import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Remembers the answers to marked requests. The key is claimed in the transaction of the effect, so of many at once the first has its
 * effect, and the others wait for its answer; if it fails, nothing is remembered and the next one tries.
 */
@Service
public class IdempotentRequests {
    private static final Duration REMEMBERED = Duration.ofHours(24);

    private final JdbcClient jdbc;
    private final Clock clock;

    IdempotentRequests(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The answer to a request, from now or from before.
     *
     * @param effect what to do the first time, in the same transaction
     * @throws ApiProblem {@code IDEMPOTENCY_KEY_REUSED} when the key was used for another request
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public StoredAnswer once(IdempotencyKey key, Supplier<StoredAnswer> effect) {
        if (!claim(key)) {
            return remembered(key);
        }
        var answer = effect.get();
        jdbc.sql("update idempotent_request set status = :status, location = :location, body = :body where key = :key")
                .param("status", answer.status())
                .param("location", answer.location())
                .param("body", answer.body())
                .param("key", key.value())
                .update();
        return answer;
    }

    /** Waits while another transaction holds the key; false when that one has stored its answer. */
    private boolean claim(IdempotencyKey key) {
        var now = clock.instant();
        int claimed = jdbc.sql("""
                        insert into idempotent_request as known (key, fingerprint, created_at)
                        values (:key, :fingerprint, :now)
                        on conflict (key) do update
                            set fingerprint = excluded.fingerprint, created_at = excluded.created_at,
                                status = null, location = null, body = null
                            where known.created_at < :forgotten
                        """)
                .param("key", key.value())
                .param("fingerprint", key.fingerprint())
                .param("now", Timestamp.from(now))
                .param("forgotten", Timestamp.from(now.minus(REMEMBERED)))
                .update();
        return claimed == 1;
    }

    private StoredAnswer remembered(IdempotencyKey key) {
        return jdbc.sql("select fingerprint, status, location, body from idempotent_request where key = :key")
                .param("key", key.value())
                .query((row, number) -> {
                    if (!row.getString("fingerprint").equals(key.fingerprint())) {
                        throw reused();
                    }
                    return new StoredAnswer(row.getInt("status"), row.getString("location"), row.getString("body"));
                })
                .single();
    }

    private static ApiProblem reused() {
        return new ApiProblem(
                ProblemCode.IDEMPOTENCY_KEY_REUSED,
                "this key came before, with another body",
                FieldProblem.header(IdempotencyKey.HEADER, "was used for another request"));
    }

    /** An hour late, so that none goes away between a claim and the reading of its answer. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1M")
    void forget() {
        Instant forgotten = clock.instant().minus(REMEMBERED).minus(Duration.ofHours(1));
        jdbc.sql("delete from idempotent_request where created_at < :forgotten")
                .param("forgotten", Timestamp.from(forgotten))
                .update();
    }
}
