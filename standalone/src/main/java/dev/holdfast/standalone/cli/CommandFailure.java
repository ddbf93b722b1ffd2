package dev.holdfast.standalone.cli;

/** Ends a command with one clear line. */
final class CommandFailure extends RuntimeException {
    static final int FAILED = 1;
    static final int MISUSED = 2;
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** It was asked for rightly, and could not be done. */
    static CommandFailure failed(String message) {
        return new CommandFailure(FAILED, message);
    }

    /** It can't be done as it was asked for. */
    static CommandFailure misused(String message) {
        return new CommandFailure(MISUSED, message);
    }

    int exitCode() {
        return exitCode;
    }
}
