package dev.holdfast.worker.dump;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.source.SourceAccess;
import dev.holdfast.worker.source.SourceFailures;
import dev.holdfast.worker.source.Sources;
import dev.holdfast.worker.step.StopSignal;
import dev.holdfast.worker.storage.StorageErrors;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Says why pg_dump failed. It tells no SQLSTATE, and the server may speak any language; so only what pg_dump itself says is read
 * as text, and for the rest the worker asks the server again with a driver that does tell.
 */
@Component
class DumpFailures {
    private static final Logger LOG = LoggerFactory.getLogger(DumpFailures.class);
    private static final int KILLED = 137;
    private static final int SIGNALLED = 128;
    private static final List<String> CONNECTION_LOST = List.of(
            "server closed the connection unexpectedly",
            "connection not open",
            "could not receive data from server",
            "could not send data to server",
            "SSL connection has been closed unexpectedly",
            "SSL SYSCALL error",
            "no connection to the server",
            "lost synchronization with server",
            "terminating connection due to");
    /** What pg_dump says where it can't start those that dump side by side (its parallel.c). */
    private static final List<String> NO_MORE_PROCESSES =
            List.of("could not create worker process", "could not create communication channels");
    /** The same in every language that a server may speak: an internal message, and the name of a setting. */
    private static final List<String> SERVER_LIMITS =
            List.of("invalid memory alloc request size", "max_locks_per_transaction");
    /**
     * What pg_dump says of its own files, with the C library's words. A server that can't open one of its files is quoted in
     * another line, or, for a large object, behind the object's number.
     */
    private static final Pattern OUTPUT_FAILED = Pattern.compile(
            "pg_dump: error: could not (?!open large object \\d)(?:open|write|create|close|fsync|flush|seek)\\b.*: (?<reason>"
                    + "No space left on device|Disk quota exceeded|Read-only file system|Permission denied"
                    + "|Operation not permitted|Input/output error|File too large|Too many open files"
                    + "|No such file or directory|File exists|Not a directory|Stale file handle)");

    private static final String SERVER_SAYS = "Error message from server: ";

    private final Sources sources;

    DumpFailures(Sources sources) {
        this.sources = sources;
    }

    /** @param complaint what pg_dump said, from its first error on */
    BackupException classify(DumpRequest request, int exitCode, String complaint, StopSignal stop) {
        var failures = new SourceFailures(request.access().connection());
        var detail = "pg_dump ended with exit code %d\n%s"
                .formatted(exitCode, complaint)
                .strip();
        if (exitCode > SIGNALLED) {
            return signalled(failures, exitCode, detail);
        }
        if (complaint.contains("server version mismatch")) {
            return tooOld(request, failures, detail);
        }
        if (NO_MORE_PROCESSES.stream().anyMatch(complaint::contains)) {
            return failures.of(
                    FailureCode.TOOL_KILLED,
                    "pg_dump can't go on now: there is no process, memory or file left for it",
                    detail);
        }
        var refused = complaint
                .lines()
                .map(OUTPUT_FAILED::matcher)
                .filter(Matcher::matches)
                .findFirst();
        if (refused.isPresent()) {
            var path = request.directory().resolve("database");
            var reason = refused.get().group("reason");
            return StorageErrors.classify(new FileSystemException(path.toString(), null, reason), path);
        }
        if (CONNECTION_LOST.stream().anyMatch(complaint::contains)) {
            return failures.of(
                    FailureCode.SOURCE_CONNECTION_LOST,
                    "the connection to %s broke during the dump".formatted(failures.server()),
                    detail);
        }
        if (SERVER_LIMITS.stream().anyMatch(complaint::contains)) {
            return failures.of(
                    FailureCode.SOURCE_LIMIT_REACHED,
                    "the server met a limit of its own: %s".formatted(headline(complaint)),
                    detail);
        }
        return secondOpinion(request, complaint, detail, stop);
    }

    private static BackupException signalled(SourceFailures failures, int exitCode, String detail) {
        var signal = exitCode - SIGNALLED;
        var why = exitCode == KILLED ? ", as the kernel does when memory runs out, or somebody with kill -9" : "";
        return failures.of(
                FailureCode.TOOL_KILLED,
                "pg_dump was killed by signal %d%s".formatted(signal, why),
                "%s (128 + signal %d)".formatted(detail, signal));
    }

    private static BackupException tooOld(DumpRequest request, SourceFailures failures, String detail) {
        var major = request.facts().majorVersion();
        return failures.of(
                FailureCode.TOOL_TOO_OLD,
                "pg_dump %s is older than the server (%s)"
                        .formatted(request.client().version(), request.facts().version()),
                detail,
                Map.of(
                        "package",
                        "postgresql-client-" + Math.max(major, request.client().majorVersion() + 1)),
                null);
    }

    /** Looks at the source as preflight did: what has changed since shows with its SQLSTATE and its remedy. */
    private BackupException secondOpinion(DumpRequest request, String complaint, String detail, StopSignal stop) {
        try (var session = sources.open(request.access(), stop)) {
            session.requireReadAccess();
            var failures = new SourceFailures(request.access().connection());
            if (complaint.contains("lock timeout") || complaint.contains("LOCK TABLE")) {
                return locked(failures, detail, session.lockHolders());
            }
            return asItWas(request.access(), failures, complaint, detail);
        } catch (BackupException e) {
            stop.check();
            LOG.info(
                    "pg_dump failed, and asking the source again says why: {}",
                    e.failure().code());
            return e;
        }
    }

    private static BackupException locked(SourceFailures failures, String detail, List<String> holders) {
        var summary = "pg_dump waited in vain for a lock"
                + (holders.isEmpty() ? "; whoever held it has let go by now" : ": " + holders.getFirst());
        return failures.of(FailureCode.SOURCE_LOCKED, summary, detail + "\nheld: " + String.join("\nheld: ", holders));
    }

    private static BackupException asItWas(
            SourceAccess access, SourceFailures failures, String complaint, String detail) {
        if (complaint.contains("connection to server")) {
            return failures.of(
                    FailureCode.SOURCE_UNREACHABLE,
                    "pg_dump could not connect to %s, though the worker could".formatted(failures.server()),
                    detail);
        }
        return failures.of(
                FailureCode.UNEXPECTED,
                "pg_dump could not dump %s: %s".formatted(access.connection().database(), headline(complaint)),
                detail);
    }

    /** Its own words, and the server's where there are any. */
    private static String headline(String complaint) {
        var own = complaint.lines().findFirst().orElse("it did not say why").replaceFirst("^pg_dump: error: ", "");
        var servers =
                complaint.lines().filter(line -> line.contains(SERVER_SAYS)).findFirst();
        return servers.map(line -> own + " " + line.substring(line.indexOf(SERVER_SAYS) + SERVER_SAYS.length()))
                .orElse(own);
    }
}
