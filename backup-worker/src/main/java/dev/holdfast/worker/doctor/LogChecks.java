package dev.holdfast.worker.doctor;

import dev.holdfast.common.failure.Remedy;
import dev.holdfast.common.failure.ShellWord;
import dev.holdfast.worker.doctor.DoctorReport.Check;
import dev.holdfast.worker.job.JobHistory;
import dev.holdfast.worker.job.LogLine;
import dev.holdfast.worker.job.LogLines;
import dev.holdfast.worker.job.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** The checks of what the runs have logged. They read the database, so every worker tells the same, also after a restart. */
@Component
class LogChecks {
    private static final Logger LOG = LoggerFactory.getLogger(LogChecks.class);
    private static final int LINES = 20;
    private static final int BACKUPS = 5;

    /** Where no backup has failed in the end: the log does not say whether it is tried again, or was cancelled. */
    private static final List<Remedy> NOT_FAILED = List.of(new Remedy(
            "Wait where its backup is being tried again: what to do is told here if it fails. Where it was cancelled, request"
                    + " another one",
            List.of(),
            false));

    private final JobHistory jobs;
    private final LogLines lines;

    LogChecks(JobHistory jobs, LogLines lines) {
        this.jobs = jobs;
        this.lines = lines;
    }

    /** @param sources that there are; absent where nobody knows, and every one counts that ever was */
    List<Check> run(@Nullable Set<UUID> sources) {
        try {
            return look(sources);
        } catch (DataAccessException e) {
            LOG.warn("the doctor can't read the runs' logs", e);
            return List.of(
                    Check.skipped(CheckName.WORKER_LOG, VolumeChecks.NO_DATABASE),
                    Check.skipped(CheckName.FAILED_BACKUP_LOG, VolumeChecks.NO_DATABASE));
        }
    }

    private List<Check> look(@Nullable Set<UUID> sources) {
        var failed = jobs.newestOutcomes(sources).stream()
                .filter(outcome -> outcome.failure() != null)
                .toList();
        return List.of(workerLog(lines.newestTrouble(sources, LINES), remedies(failed)), failedBackups(failed));
    }

    /** What to do about each of them, once where several ask for the same; with the source's name where there are several. */
    private static List<Remedy> remedies(List<Outcome> failed) {
        var told = failed.stream().limit(BACKUPS).toList();
        boolean several = told.stream()
                        .map(outcome ->
                                Objects.requireNonNull(outcome.failure()).remedies())
                        .distinct()
                        .count()
                > 1;
        return told.stream()
                .flatMap(outcome -> Objects.requireNonNull(outcome.failure()).remedies().stream()
                        .map(remedy -> several ? of(outcome.sourceName(), remedy) : remedy))
                .distinct()
                .toList();
    }

    private static Remedy of(String source, Remedy remedy) {
        return new Remedy(source + ": " + remedy.title(), remedy.commands(), remedy.destructive());
    }

    private Check workerLog(List<LogLine> newest, List<Remedy> remedies) {
        var lastSuccess = jobs.lastSuccess();
        var trouble = newest.stream()
                .filter(line -> line.at().isAfter(lastSuccess.orElse(Instant.MIN)))
                .toList();
        var success = lastSuccess.map(at -> "last success: " + at).orElse("no backup has succeeded yet");
        return Check.of(
                CheckName.WORKER_LOG,
                trouble.stream().noneMatch(line -> line.level().equals("error")),
                trouble.isEmpty() ? "no warning and no error; " + success : text(trouble) + "\n" + success,
                remedies.isEmpty() ? NOT_FAILED : remedies);
    }

    private Check failedBackups(List<Outcome> failed) {
        return Check.of(
                CheckName.FAILED_BACKUP_LOG,
                failed.isEmpty(),
                failed.isEmpty()
                        ? "no source's newest backup has failed"
                        : failed.stream().limit(BACKUPS).map(this::story).collect(Collectors.joining("\n\n")),
                Stream.concat(remedies(failed).stream(), farewells(failed)).toList());
    }

    /** A source that can't be reached as it is may be a mistake, and fails this check for as long as it is there. */
    private static Stream<Remedy> farewells(List<Outcome> failed) {
        return failed.stream()
                .limit(BACKUPS)
                .filter(outcome ->
                        Objects.requireNonNull(outcome.failure()).code().name().startsWith("SOURCE_"))
                .map(outcome -> new Remedy(
                        "Or delete " + outcome.sourceName() + ", where it is not wanted any more; its backups stay",
                        List.of("./holdfast sources delete " + ShellWord.quote(outcome.sourceName())),
                        false));
    }

    private String story(Outcome outcome) {
        var failure = Objects.requireNonNull(outcome.failure());
        return "backup %s of %s failed at %s: %s\n%s"
                .formatted(
                        outcome.id(),
                        outcome.sourceName(),
                        outcome.endedAt(),
                        failure.code(),
                        text(lines.tail(outcome.id(), LINES)));
    }

    private static String text(List<LogLine> some) {
        return some.stream().map(LogLine::format).collect(Collectors.joining("\n"));
    }
}
