package dev.holdfast.common.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands before every connection to a place that somebody has named: a source's host, a mail server, a webhook. It resolves the name
 * itself and gives out the addresses that may be connected to; whoever connects uses these and looks nothing up again, so a name can't
 * mean one thing when it is judged and another when it is used.
 */
public final class OutboundGuard {
    private final AddressRules rules;
    private final Names names;

    OutboundGuard(AddressRules rules, Names names) {
        this.rules = rules;
        this.names = names;
    }

    /** One that forbids what is always forbidden and nothing else. */
    public static OutboundGuard standard() {
        return standard(Names.ofThisMachine());
    }

    /** The same with names resolved in another way. */
    public static OutboundGuard standard(Names names) {
        return new OutboundGuard(new AddressRules(true, true, List.of()), names);
    }

    /**
     * The addresses of a host that may be connected to, in the order in which to try them; never none.
     *
     * @param host a name, or an address in any notation, also in brackets
     * @throws AddressRefused when the host has addresses, and none of them may be connected to
     * @throws UnknownHostException when it has none
     */
    public List<InetAddress> addresses(String host) throws UnknownHostException {
        var allowed = new ArrayList<InetAddress>();
        var refusals = new ArrayList<String>();
        // Nothing would be this machine to the resolver.
        for (var address : host.isBlank() ? List.<InetAddress>of() : names.addresses(withoutBrackets(host))) {
            var refusal = rules.refusal(address);
            if (refusal.isEmpty()) {
                allowed.add(address);
            } else {
                refusals.add(address.getHostAddress() + " " + refusal.get());
            }
        }
        if (!allowed.isEmpty()) {
            return allowed;
        }
        if (refusals.isEmpty()) {
            throw new UnknownHostException(host);
        }
        throw new AddressRefused(host + " may not be connected to: " + String.join("; ", refusals));
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
