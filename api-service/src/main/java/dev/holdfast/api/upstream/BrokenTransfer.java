package dev.holdfast.api.upstream;

import java.io.Serial;

/**
 * Another service broke off in the middle of its answer, so ours must be seen to break off as well. Without the cause: Spring takes an
 * early end for a client that has left, and would end the answer as if it were whole.
 */
final class BrokenTransfer extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    BrokenTransfer(String service, Exception cause) {
        super("the answer of the " + service + " broke off: " + cause);
    }
}
