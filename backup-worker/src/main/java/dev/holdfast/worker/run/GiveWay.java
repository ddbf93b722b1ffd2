package dev.holdfast.worker.run;

import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.source.SourceAccess;
import dev.holdfast.worker.source.SourceFailures;
import dev.holdfast.worker.source.SourceSession;
import dev.holdfast.worker.source.Sources;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a dump whose locks somebody has waited for too long: a schema change that waits for it holds up everybody who comes after
 * (PostgreSQL manual, 13.3). The backup comes back later, as after any failure that passes.
 */
final class GiveWay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GiveWay.class);
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(200);
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(5);

    private final Run run;
    private final Sources sources;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private @Nullable SourceSession session;
    /** Since when each was seen to wait. */
    private final Map<String, Stopwatch> inTheWayOf = new LinkedHashMap<>();

    GiveWay(Run run, Sources sources, Duration patience, LongSupplier nanoTime) {
        this.run = run;
        this.sources = sources;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /** How often to look. A short dump is over before the first time, and costs its server no second session. */
    Duration period() {
        var sixth = patience.dividedBy(6);
        return sixth.compareTo(SHORTEST_PERIOD) < 0
                ? SHORTEST_PERIOD
                : sixth.compareTo(LONGEST_PERIOD) > 0 ? LONGEST_PERIOD : sixth;
    }

    /** Looks once. That it can't look is no reason to stop the dump. */
    synchronized void look() {
        var target = run.target();
        if (target == null || run.progress().now().phase() != BackupPhase.DUMP) {
            close();
            return;
        }
        try {
            judge(
                    target.access(),
                    session(target.access()).waitingFor(target.access().applicationName()));
        } catch (BackupException e) {
            LOG.info("who waits for the dump can't be seen now: {}", e.failure().summary());
            close();
        }
    }

    @Override
    public synchronized void close() {
        inTheWayOf.clear();
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private void judge(SourceAccess access, List<String> waiting) {
        inTheWayOf.keySet().retainAll(waiting);
        for (var waiter : waiting) {
            if (inTheWayOf.putIfAbsent(waiter, Stopwatch.start(nanoTime)) == null) {
                run.log().warn("in the way: " + waiter);
            }
        }
        inTheWayOf.entrySet().stream()
                .filter(entry -> entry.getValue().isBeyond(patience))
                .findFirst()
                .ifPresent(entry -> makeWay(access, entry.getKey(), waiting));
    }

    private void makeWay(SourceAccess access, String longest, List<String> waiting) {
        var summary =
                "a session has waited for this dump for more than %d s: %s".formatted(patience.toSeconds(), longest);
        run.interrupt(
                Run.Interruption.MADE_WAY,
                new SourceFailures(access.connection())
                        .of(FailureCode.SOURCE_DDL_WAITING, summary, String.join("\n", waiting))
                        .failure());
    }

    private SourceSession session(SourceAccess access) {
        if (session == null) {
            var watching =
                    new SourceAccess(access.connection(), access.password(), access.applicationName() + "-watch");
            session = sources.open(watching, run.stop());
        }
        return session;
    }
}
