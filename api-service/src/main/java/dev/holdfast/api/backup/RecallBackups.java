package dev.holdfast.api.backup;

import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;

/**
 * Asks the worker about each backup that nothing was heard of for long: a queue that somebody deletes or purges takes its messages
 * along. A worker that knows how the backup ended publishes that again; one that never got the request gets it again. Both are the
 * events that were lost, with their ids, so no harm is done where nothing was (docs/adr/0014-lost-messages.md).
 */
@Service
@EnableConfigurationProperties(RecallSettings.class)
class RecallBackups {
    private static final Logger LOG = LoggerFactory.getLogger(RecallBackups.class);
    private static final int AT_A_TIME = 100;

    private final UnheardBackups unheard;
    private final WorkerRecall worker;
    private final MakeGood makeGood;
    private final RecallSettings settings;
    private final Clock clock;

    RecallBackups(
            UnheardBackups unheard, WorkerRecall worker, MakeGood makeGood, RecallSettings settings, Clock clock) {
        this.unheard = unheard;
        this.worker = worker;
        this.makeGood = makeGood;
        this.settings = settings;
        this.clock = clock;
    }

    /** At a fixed rate, hence on a thread of its own: a worker that takes its time must hold up nothing else. Two looks may overlap. */
    @Scheduled(fixedRateString = "${holdfast.recall.every:15s}")
    void look() {
        var before = clock.instant().minus(settings.after());
        try {
            for (var backup : unheard.oldest(before, AT_A_TIME)) {
                ask(backup, before);
            }
        } catch (ApiProblem silence) {
            LOG.debug("the worker can't be asked about backups now, the next try is soon: {}", silence.detail());
        } catch (DataAccessException | TransactionException e) {
            // Readiness and every request tell of an outage of the database.
            LOG.debug("backups that nothing is heard of can't be looked for now, the next look is soon", e);
        }
    }

    /** @throws ApiProblem when the worker does not answer at all */
    private void ask(Backup backup, Instant before) {
        try (var ignored = MDC.putCloseable("backupId", backup.id().toString())) {
            if (worker.ask(backup.id(), backup.course().attempt())) {
                makeGood.known(backup.id(), before);
            } else {
                makeGood.unknown(backup.id(), before);
            }
        } catch (ApiProblem problem) {
            if (problem.code() == ProblemCode.UPSTREAM_UNAVAILABLE) {
                throw problem;
            }
            LOG.warn("the backup of {} can't be asked about: {}", backup.sourceName(), problem.detail());
            makeGood.unclear(backup.id(), before);
        }
    }
}
