package dev.holdfast.worker.dump.archive;

import java.io.IOException;
import java.io.Serial;

/**
 * The archive's own bytes are not what they must be: cut short, damaged, or of a kind that this version does not know. Apart from
 * other {@link IOException}s, which come from the volume, so that a caller can ask the dump's exit code first.
 */
public final class BrokenArchiveException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    BrokenArchiveException(String message) {
        super(message);
    }

    BrokenArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
