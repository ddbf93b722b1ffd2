package dev.holdfast.common.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
    private static final AddressRules STANDARD = new AddressRules(true, true, List.of());
    private static final AddressRules STRICT = new AddressRules(false, false, List.of());
    private static final int ROUNDS = 20_000;

    private static final List<String> NEVER = List.of(
            "0.0.0.0/8",
            "169.254.0.0/16",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "100.100.100.200/32",
            "168.63.129.16/32",
            "192.0.0.192/32");
    private static final List<String> OWN = List.of("127.0.0.0/8");
    private static final List<String> PRIVATE =
            List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "198.18.0.0/15");

    /** How an IPv4 address can be written as an IPv6 one; x is the address, y its complement. */
    private static final List<String> DISGUISES = List.of(
            "00000000000000000000ffffxxxxxxxx", // mapped
            "000000000000000000000000xxxxxxxx", // compatible
            "0000000000000000ffff0000xxxxxxxx", // translated
            "0064ff9b0000000000000000xxxxxxxx", // NAT64
            "0064ff9b0001000000000000xxxxxxxx", // NAT64 of one's own, /96
            "2002xxxxxxxx00000000000000000001", // 6to4
            "20010000xxxxxxxx0000000000000000", // Teredo's server
            "20010000412300000000c000yyyyyyyy", // Teredo's client
            "20010db80000000000005efexxxxxxxx", // ISATAP
            "20010db80000000002005efexxxxxxxx"); // ISATAP, of a global address

    private final Random random = new Random(seed());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "100.100.100.200",
                "fd00:ec2::254",
                "fd20:ce::254",
                "0.0.0.0",
                "::",
                "255.255.255.255",
                "224.0.0.1",
                "ff02::1",
                "fe80::1",
                "febf::1",
                "::ffff:169.254.169.254",
                "::169.254.169.254",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::169.254.169.254",
                "2002:a9fe:a9fe::1",
                "2001:0:a9fe:a9fe::",
                "2001:0:1:1:1:1:5601:5601"
            })
    void what_nobody_backs_up_from_is_refused_whatever_is_set(String address) throws Exception {
        assertThat(STANDARD.refusal(InetAddress.getByName(address))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::1",
                "10.0.0.5",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "fd12::1",
                "fec0::1",
                "::ffff:10.0.0.5",
                "64:ff9b::10.0.0.5",
                "::127.0.0.1",
                "2002:7f00:1::"
            })
    void loopback_and_private_networks_are_as_configured(String address) throws Exception {
        assertThat(STANDARD.refusal(InetAddress.getByName(address))).isEmpty();
        assertThat(STRICT.refusal(InetAddress.getByName(address))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "172.15.255.255",
                "172.32.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "223.255.255.255",
                "100.63.255.255",
                "100.128.0.0",
                "2606:4700::1111",
                "64:ff9b::8.8.8.8",
                "2002:808:808::1",
                "fbff::1"
            })
    void everything_else_is_allowed(String address) throws Exception {
        assertThat(STRICT.refusal(InetAddress.getByName(address))).isEmpty();
    }

    @Test
    void any_address_of_a_forbidden_network_is_refused_in_every_disguise() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            var address = anyOf(NEVER);

            assertThat(STANDARD.refusal(v4(address))).as(v4(address).toString()).isPresent();
            for (var disguise : DISGUISES) {
                var disguised = v6(disguise, address);
                assertThat(STANDARD.refusal(disguised)).as("%s", disguised).isPresent();
            }
        }
    }

    @Test
    void any_address_of_this_machine_or_a_private_network_is_refused_in_every_disguise_where_that_is_set()
            throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            var own = anyOf(OWN);
            var ofPrivate = anyOf(PRIVATE);
            for (var disguise : DISGUISES) {
                assertThat(new AddressRules(false, true, List.of()).refusal(v6(disguise, own)))
                        .as("%s", v6(disguise, own))
                        .isPresent();
                assertThat(new AddressRules(true, false, List.of()).refusal(v6(disguise, ofPrivate)))
                        .as("%s", v6(disguise, ofPrivate))
                        .isPresent();
            }
        }
    }

    @Test
    void any_other_address_is_allowed_and_so_is_it_behind_a_translator() throws Exception {
        var forbidden = Stream.of(NEVER, OWN, PRIVATE)
                .flatMap(List::stream)
                .map(Network::of)
                .toList();
        for (int i = 0; i < ROUNDS; i++) {
            int address = random.nextInt();
            if (forbidden.stream().noneMatch(network -> network.contains(bytes(address)))) {
                assertThat(STRICT.refusal(v4(address)))
                        .as(v4(address).toString())
                        .isEmpty();
                assertThat(STRICT.refusal(v6("0064ff9b0000000000000000xxxxxxxx", address)))
                        .isEmpty();
            }
        }
    }

    @Test
    void a_network_contains_what_arithmetic_says() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            int bits = random.nextInt(129);
            var base = new byte[16];
            random.nextBytes(base);
            base[0] = 0x20;
            var network = Network.of(Inet6Address.getByAddress(null, base, -1).getHostAddress() + "/" + bits);
            var other = base.clone();
            int flipped = random.nextInt(128);
            other[flipped / 8] ^= (byte) (0x80 >> flipped % 8);

            var shift = 128 - bits;
            var same = new BigInteger(1, base).shiftRight(shift).equals(new BigInteger(1, other).shiftRight(shift));
            assertThat(network.contains(other))
                    .as("%s, bit %d", network, flipped)
                    .isEqualTo(same);
        }
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.0/24, 203.0.113.77", "203.0.113.77, 203.0.113.77", "2001:db8::/32, 2001:db8:1::1"})
    void what_is_listed_is_refused_and_said(String network, String address) throws Exception {
        var rules = new AddressRules(true, true, List.of(Network.of(network)));

        assertThat(rules.refusal(InetAddress.getByName(address)).orElseThrow()).contains(network, "denied-networks");
        assertThat(rules.refusal(InetAddress.getByName("203.0.114.1"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org",
                "10.0.0.0/33",
                "::/129",
                "10.0.0/8",
                "10",
                "10.0.0.0/-1",
                "10.0.0.0/x",
                "300.1.1.1",
                "1.2.3.4/24/1",
                "[::1]",
                "fe80::1%eth0"
            })
    void what_is_no_network_is_refused_at_the_start(String text) {
        assertThatThrownBy(() -> new OutboundProperties(true, true, List.of("10.0.0.0/8", text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holdfast.outbound.denied-networks")
                .hasMessageContaining(text);
    }

    private int anyOf(List<String> networks) {
        var network = Network.of(networks.get(random.nextInt(networks.size())));
        int base = ByteBuffer.wrap(network.address()).getInt();
        int rest = network.bits() == 32 ? 0 : random.nextInt() >>> network.bits();
        return base | rest;
    }

    private static InetAddress v4(int address) throws UnknownHostException {
        return InetAddress.getByAddress(bytes(address));
    }

    private static Inet6Address v6(String form, int address) throws UnknownHostException {
        var hex = form.replace("xxxxxxxx", HexFormat.of().toHexDigits(address))
                .replace("yyyyyyyy", HexFormat.of().toHexDigits(~address));
        return Inet6Address.getByAddress(null, HexFormat.of().parseHex(hex), -1);
    }

    private static byte[] bytes(int address) {
        return ByteBuffer.allocate(4).putInt(address).array();
    }

    private static long seed() {
        long seed = Long.getLong("holdfast.seed", System.nanoTime());
        System.out.println("addresses from -Dholdfast.seed=" + seed);
        return seed;
    }
}
