package dev.holdfast.common.messaging;

import java.io.Serial;

/** A message that no attempt will ever make readable. Its text says what is wrong and quotes nothing from the message. */
public final class PoisonEvent extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public PoisonEvent(String reason) {
        super(reason);
    }

    public PoisonEvent(String reason, Throwable cause) {
        super(reason, cause);
    }
}
