package dev.holdfast.worker.run;

import dev.holdfast.worker.step.RunLog;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.worker.job.LogLine;
import dev.holdfast.worker.job.LogLines;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** One attempt's log: kept in the database in batches, so that ten thousand tables cost ten statements, and free of secrets. */
final class JobLog implements RunLog {
    private static final Logger LOG = LoggerFactory.getLogger(JobLog.class);
    private static final int BATCH = 1_000;
    /** Lines kept in memory while the database does not take them. */
    private static final int BACKLOG = 20_000;

    private static final int EXCERPT_BYTES = 16 * 1024;

    private final BackupId id;
    private final int attempt;
    private final LogLines lines;
    private final Clock clock;
    private final Redaction redaction = new Redaction();
    private final List<LogLine> pending = new ArrayList<>();
    private final Deque<String> tail = new ArrayDeque<>();
    private final ReentrantLock writing = new ReentrantLock();
    private int tailBytes;
    private int count;

    JobLog(BackupId id, int attempt, LogLines lines, Clock clock) {
        this.id = id;
        this.attempt = attempt;
        this.lines = lines;
        this.clock = clock;
    }

    Redaction redaction() {
        return redaction;
    }

    @Override
    public void info(String line) {
        add(Level.INFO, line);
    }

    @Override
    public void warn(String line) {
        add(Level.WARN, line);
    }

    @Override
    public void error(String line) {
        add(Level.ERROR, line);
    }

    /** Writes what is pending; lines that the database does not take now are kept for the next time. */
    void flush() {
        writing.lock();
        try {
            var batch = pendingLines();
            if (!batch.isEmpty()) {
                lines.append(id, attempt, batch);
                written(batch.size());
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("the run's log can't be stored now, it is kept", e);
        } finally {
            writing.unlock();
        }
    }

    /** The last lines, at most 16 KiB of UTF-8, cut between lines where possible. */
    synchronized String excerpt() {
        return String.join("\n", tail);
    }

    private void add(Level level, String text) {
        for (String part : text.strip().split("\\R")) {
            boolean full = keep(level, clean(part));
            if (full) {
                flush();
            }
        }
    }

    private synchronized boolean keep(Level level, String text) {
        tellOperator(level, text);
        var line = new LogLine(++count, clock.instant(), level.name().toLowerCase(Locale.ROOT), text);
        if (pending.size() < BACKLOG) {
            pending.add(line);
        }
        remember(line.format());
        return pending.size() >= BATCH;
    }

    /** Below warning: what a failure means for the backup is said once, by {@link RunSupervisor}. */
    private void tellOperator(Level level, String text) {
        var outer = MDC.get("backupId");
        MDC.put("backupId", id.toString());
        LOG.atLevel(level == Level.INFO ? Level.DEBUG : Level.INFO).log(text);
        if (outer == null) {
            MDC.remove("backupId");
        }
    }

    private void remember(String line) {
        var kept = firstBytes(line, EXCERPT_BYTES);
        tail.addLast(kept);
        tailBytes += kept.getBytes(StandardCharsets.UTF_8).length + 1;
        while (tailBytes > EXCERPT_BYTES && tail.size() > 1) {
            tailBytes -= tail.removeFirst().getBytes(StandardCharsets.UTF_8).length + 1;
        }
    }

    private synchronized List<LogLine> pendingLines() {
        return List.copyOf(pending);
    }

    private synchronized void written(int lineCount) {
        pending.subList(0, lineCount).clear();
    }

    /** Control characters would garble a terminal, and PostgreSQL refuses U+0000 in text. */
    private String clean(String text) {
        return redaction.apply(text).replaceAll("\\p{Cntrl}", " ").stripTrailing();
    }

    private static String firstBytes(String text, int limit) {
        int end = Math.min(text.length(), limit);
        while (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length >= limit) {
            end -= Math.max(1, end / 10);
        }
        return text.substring(0, end);
    }
}
