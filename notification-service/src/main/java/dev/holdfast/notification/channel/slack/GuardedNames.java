package dev.holdfast.notification.channel.slack;

import dev.holdfast.common.outbound.OutboundGuard;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/** Gives the HTTP client the addresses that it may connect to. It asks for each connection, also where the host is an address. */
record GuardedNames(OutboundGuard guard) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return guard.addresses(host).toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
