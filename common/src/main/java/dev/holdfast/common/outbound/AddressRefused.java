package dev.holdfast.common.outbound;

import java.io.Serial;
import java.net.UnknownHostException;

/** A host has no address that may be connected to. To whatever connects it is a host without an address, and another try finds the same. */
public final class AddressRefused extends UnknownHostException {
    @Serial
    private static final long serialVersionUID = 1;

    AddressRefused(String message) {
        super(message);
    }

    /** Whether it is the reason of a failure, or the reason of its reason. */
    public static boolean isBehind(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AddressRefused) {
                return true;
            }
        }
        return false;
    }
}
