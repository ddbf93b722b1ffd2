package dev.holdfast.api.web.problem;

import java.io.IOException;
import java.io.Serial;

/** Reading of a body was given up, since it took longer than any request needs. */
public final class BodyTooSlow extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private static final String MESSAGE = "the body did not come in time";

    public BodyTooSlow() {
        super(MESSAGE);
    }

    public BodyTooSlow(IOException silence) {
        super(MESSAGE, silence);
    }
}
