package dev.holdfast.common.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a host name into addresses. */
@FunctionalInterface
public interface Names {

    /**
     * The addresses of a name, in the order in which they are to be tried; never none.
     *
     * @param host a name, or an address in any notation
     */
    List<InetAddress> addresses(String host) throws UnknownHostException;

    /** As this machine resolves names. */
    static Names ofThisMachine() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
