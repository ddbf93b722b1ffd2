package dev.holdfast.worker.dump;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says why a client's tool did not start: it is not there, or the machine has no room for one more process, which passes. */
public final class ToolFailures {
    /** EAGAIN, ENOMEM, ENFILE and EMFILE, by number as the JDK has them, or in the C library's words. */
    private static final Pattern EXHAUSTED = Pattern.compile("\\berror[=:] ?(?:11|12|23|24)\\b"
            + "|Resource temporarily unavailable|Cannot allocate memory|Too many open files");

    private ToolFailures() {}

    /**
     * Classifies an error at its start.
     *
     * @param majorVersion of the client to install where it is missing
     * @return to be thrown by the caller: TOOL_KILLED where it may pass, else TOOL_MISSING
     */
    public static BackupException notStarted(Path tool, int majorVersion, IOException error) {
        return mayPass(error)
                ? BackupException.of(
                        FailureCode.TOOL_KILLED,
                        "%s can't be started now: there is no process, memory or file left for it".formatted(tool),
                        error.toString(),
                        Map.of())
                : missing(tool, majorVersion, error.toString());
    }

    /** @return to be thrown by the caller */
    public static BackupException missing(Path tool, int majorVersion, String detail) {
        return BackupException.of(
                FailureCode.TOOL_MISSING,
                "%s can't be started".formatted(tool),
                detail,
                Map.of("package", "postgresql-client-" + majorVersion));
    }

    /** Whether it was for want of what others may give back; a thread that can't be had is an error of the JVM's memory. */
    static boolean mayPass(Throwable error) {
        for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError || saysExhausted(String.valueOf(cause.getMessage()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether these words of a tool, or of its loader, tell the same. */
    static boolean saysExhausted(String words) {
        return EXHAUSTED.matcher(words).find();
    }
}
