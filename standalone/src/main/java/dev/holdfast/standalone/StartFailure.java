package dev.holdfast.standalone;

/** A reason not to start that the user can do something about; its message is one line, ready to be shown. */
final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailure(String message) {
        super(message);
    }
}
