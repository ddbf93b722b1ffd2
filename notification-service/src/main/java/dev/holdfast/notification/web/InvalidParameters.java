package dev.holdfast.notification.web;

import java.io.Serial;
import java.util.List;

/** The caller's query can't be answered as it stands: every parameter that is wrong, and why. */
public final class InvalidParameters extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<InvalidParameter> errors;

    public InvalidParameters(List<InvalidParameter> errors) {
        super("invalid parameters: " + errors);
        this.errors = List.copyOf(errors);
    }

    public List<InvalidParameter> errors() {
        return errors;
    }
}
