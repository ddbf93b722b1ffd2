package dev.holdfast.standalone;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;

/** Finds, in what a failed start threw, the line that a person needs. */
final class StartProblem {
    private StartProblem() {}

    static String inOneLine(Throwable thrown) {
        Throwable innermost = thrown;
        for (@Nullable Throwable next = thrown; next != null; next = next.getCause()) {
            if (next instanceof StartFailure) {
                return String.valueOf(next.getMessage());
            }
            if (next instanceof PortInUseException taken) {
                return "port " + taken.getPort() + " is in use by another program; choose one with --port";
            }
            innermost = next;
        }
        return innermost.toString().lines().findFirst().orElse("unknown problem");
    }
}
