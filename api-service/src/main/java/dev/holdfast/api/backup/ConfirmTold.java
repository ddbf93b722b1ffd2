package dev.holdfast.api.backup;

import dev.holdfast.api.document.Documents;
import dev.holdfast.api.upstream.Upstream;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * Asks the notification-service whether it has heard how each backup ended: a queue that somebody deletes or purges takes its messages
 * along, and a failure in it would never be logged or alerted. What it has not heard, the worker is asked to tell again, as the same
 * event (docs/adr/0014-lost-messages.md).
 */
@Service
class ConfirmTold {
    private static final Logger LOG = LoggerFactory.getLogger(ConfirmTold.class);
    private static final int AT_A_TIME = 100;
    private static final int MOST_TRIES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final TypeReference<Heard> HEARD = new TypeReference<>() {};

    private final UntoldOutcomes untold;
    private final Upstream notification;
    private final WorkerRecall worker;
    private final Documents documents;
    private final ReentrantLock looking = new ReentrantLock();

    ConfirmTold(UntoldOutcomes untold, Upstream notification, WorkerRecall worker, Documents documents) {
        this.untold = untold;
        this.notification = notification;
        this.worker = worker;
        this.documents = documents;
    }

    /** The answer of the notification-service: the ids of events. */
    record Heard(Set<UUID> heard) {
        Heard {
            Objects.requireNonNull(heard, "heard");
        }
    }

    /** At a fixed rate, hence on a thread of its own: whoever takes long to answer must hold up nothing but the next look. */
    @Scheduled(fixedRateString = "${holdfast.recall.every:15s}")
    void look() {
        if (looking.tryLock()) {
            try {
                confirmDue();
            } finally {
                looking.unlock();
            }
        }
    }

    /** Whoever was asked about has another time to be asked at afterwards, or none, so this comes to an end. */
    private void confirmDue() {
        try {
            var due = untold.due(AT_A_TIME);
            while (!due.isEmpty()) {
                confirm(due);
                due = due.size() < AT_A_TIME ? List.of() : untold.due(AT_A_TIME);
            }
        } catch (ApiProblem silence) {
            log(silence);
        } catch (DataAccessException | TransactionException e) {
            // Readiness and every request tell of an outage of the database.
            LOG.debug("outcomes that nobody may have heard of can't be looked for now, the next look is soon", e);
        }
    }

    private void confirm(List<UntoldOutcome> due) {
        var heard = heardOf(due);
        for (var outcome : due) {
            if (heard.contains(outcome.event())) {
                untold.settle(outcome);
            }
        }
        for (var outcome : due) {
            if (!heard.contains(outcome.event())) {
                tellAgain(outcome);
            }
        }
    }

    private Set<UUID> heardOf(List<UntoldOutcome> outcomes) {
        var ids = outcomes.stream().map(outcome -> outcome.event().toString()).collect(Collectors.joining(","));
        var reply = notification.exchange("GET", "/internal/v1/events/heard?ids=" + ids, null, PATIENCE);
        if (!reply.isSuccess()) {
            throw new ApiProblem(
                    ProblemCode.UPSTREAM_FAILED, "the notification-service answered with " + reply.status());
        }
        try {
            return Objects.requireNonNull(documents.read(reply.body(), HEARD)).heard();
        } catch (JacksonException e) {
            throw new ApiProblem(
                    ProblemCode.UPSTREAM_FAILED, "the notification-service's answer can't be read", List.of(), e);
        }
    }

    /** @throws ApiProblem when the worker does not answer at all */
    private void tellAgain(UntoldOutcome outcome) {
        try (var ignored = MDC.putCloseable("backupId", outcome.backup().toString())) {
            if (outcome.tries() >= MOST_TRIES) {
                giveUp(outcome);
            } else {
                boolean known = worker.ask(outcome.backup(), outcome.attempt());
                LOG.info(
                        "the notification-service has not heard how the backup ended; asked to tell it again, the worker {}",
                        known ? "knows the backup" : "does not know the backup");
                untold.askLater(outcome);
            }
        } catch (ApiProblem problem) {
            if (problem.code() == ProblemCode.UPSTREAM_UNAVAILABLE) {
                throw problem;
            }
            LOG.warn("the worker can't be asked to tell again how the backup ended: {}", problem.detail());
            untold.postpone(outcome);
        }
    }

    private void giveUp(UntoldOutcome outcome) {
        LOG.warn(
                "the notification-service has never heard how attempt {} of the backup ended, though the worker was asked to tell it"
                        + " {} times: it is not told again",
                outcome.attempt(),
                MOST_TRIES);
        untold.settle(outcome);
    }

    private static void log(ApiProblem problem) {
        if (problem.code() == ProblemCode.UPSTREAM_UNAVAILABLE) {
            LOG.debug("whether outcomes were heard of can't be asked now, the next try is soon: {}", problem.detail());
        } else {
            LOG.warn("whether outcomes were heard of can't be asked: {}", problem.detail());
        }
    }
}
