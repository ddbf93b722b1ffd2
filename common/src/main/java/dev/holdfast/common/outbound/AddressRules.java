package dev.holdfast.common.outbound;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to. An IPv6 address that stands for an IPv4 one is judged as both.
 *
 * @param loopback whether this machine may
 * @param privateNetworks whether addresses of private networks may
 * @param denied networks that may not, besides those that never may
 */
record AddressRules(boolean loopback, boolean privateNetworks, List<Network> denied) {
    private static final int IPV6 = 16;

    /** In the order of looking; the first that fits says why. */
    private static final List<Reason> NEVER = List.of(
            Reason.of(
                    "serves a cloud's metadata, with its keys",
                    "169.254.169.254",
                    "169.254.170.2",
                    "169.254.170.23",
                    "100.100.100.200",
                    "168.63.129.16",
                    "192.0.0.192",
                    "fd00:ec2::/32",
                    "fd20:ce::254",
                    "fd00:42::42"),
            Reason.of("is a link-local address", "169.254.0.0/16", "fe80::/10"),
            Reason.of("is a multicast address", "224.0.0.0/4", "ff00::/8"),
            Reason.of("is an address of nobody", "0.0.0.0/8", "240.0.0.0/4", "::"));

    private static final Reason LOOPBACK =
            Reason.of("is this machine's own, which holdfast.outbound.loopback forbids", "127.0.0.0/8", "::1");

    private static final Reason PRIVATE = Reason.of(
            "lies in a private network, which holdfast.outbound.private-networks forbids",
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "198.18.0.0/15",
            "fc00::/7",
            "fec0::/10");

    AddressRules {
        denied = List.copyOf(denied);
    }

    /** Why an address may not be connected to; empty when it may. */
    Optional<String> refusal(InetAddress address) {
        var bytes = address.getAddress();
        var embedded = bytes.length == IPV6 ? EmbeddedAddresses.of(bytes).stream() : Stream.<byte[]>empty();
        return Stream.concat(Stream.of(bytes), embedded)
                .flatMap(each -> refusalOf(each).stream())
                .findFirst();
    }

    private Optional<String> refusalOf(byte[] address) {
        var never = NEVER.stream().filter(reason -> reason.fits(address)).map(Reason::text);
        var configured = Stream.concat(
                        loopback ? Stream.<Reason>empty() : Stream.of(LOOPBACK),
                        privateNetworks ? Stream.<Reason>empty() : Stream.of(PRIVATE))
                .filter(reason -> reason.fits(address))
                .map(Reason::text);
        var listed = denied.stream()
                .filter(network -> network.contains(address))
                .map(network -> "lies in " + network + ", which holdfast.outbound.denied-networks lists");
        return Stream.of(never, configured, listed).flatMap(reasons -> reasons).findFirst();
    }

    /** Networks, and what is said of an address in one of them. */
    private record Reason(String text, List<Network> networks) {
        static Reason of(String text, String... networks) {
            return new Reason(text, Stream.of(networks).map(Network::of).toList());
        }

        boolean fits(byte[] address) {
            return networks.stream().anyMatch(network -> network.contains(address));
        }
    }
}
