package dev.holdfast.common.outbound;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where this machine may connect to. Link-local, multicast and unspecified addresses and those of cloud metadata are forbidden
 * whatever is set.
 *
 * @param loopback whether to this machine itself
 * @param privateNetworks whether to private networks, on which most databases are
 * @param deniedNetworks networks, such as 10.0.0.0/24, or addresses, that are forbidden besides
 */
@ConfigurationProperties("holdfast.outbound")
record OutboundProperties(
        @DefaultValue("true") boolean loopback,
        @DefaultValue("true") boolean privateNetworks,
        @DefaultValue List<String> deniedNetworks) {

    OutboundProperties {
        deniedNetworks = deniedNetworks.stream()
                .map(String::strip)
                .filter(network -> !network.isEmpty())
                .toList();
        deniedNetworks.forEach(network -> {
            try {
                Network.of(network);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("holdfast.outbound.denied-networks: " + e.getMessage(), e);
            }
        });
    }

    AddressRules rules() {
        return new AddressRules(
                loopback,
                privateNetworks,
                deniedNetworks.stream().map(Network::of).toList());
    }
}
