package dev.holdfast.common.address;

import java.io.Serial;

/** A text is no address of one database; the message says in one line why, and has nothing of the text that may be a password. */
public final class UnreadableAddress extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1;

    UnreadableAddress(String reason) {
        super(reason);
    }

    /** What is wrong with it, as the second half of a sentence. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
