package dev.holdfast.common.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class OutboundGuardTest {

    @Test
    void the_allowed_addresses_of_a_name_come_in_its_order() throws Exception {
        var guard = OutboundGuard.standard(meaning("169.254.169.254", "10.0.0.2", "fe80::1", "10.0.0.1"));

        assertThat(guard.addresses("db.example.org"))
                .containsExactly(InetAddress.getByName("10.0.0.2"), InetAddress.getByName("10.0.0.1"));
    }

    @Test
    void a_name_with_forbidden_addresses_alone_is_refused_with_each_and_why() {
        var guard = OutboundGuard.standard(meaning("169.254.169.254", "ff02::1"));

        assertThatThrownBy(() -> guard.addresses("innocent.example.org"))
                .isInstanceOf(AddressRefused.class)
                .hasMessageContaining("innocent.example.org")
                .hasMessageContaining("169.254.169.254 serves a cloud's metadata")
                .hasMessageContaining("is a multicast address");
    }

    @Test
    void a_name_without_addresses_is_unknown_and_not_refused() {
        var guard = OutboundGuard.standard(meaning());

        assertThat(catchThrowable(() -> guard.addresses("nothing.example.org")))
                .isExactlyInstanceOf(UnknownHostException.class);
        assertThat(catchThrowable(() -> guard.addresses(" "))).isExactlyInstanceOf(UnknownHostException.class);
    }

    /** 2852039166 is 169.254.169.254; what a resolver does not read as an address is not connected to either. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "2852039166",
                "169.16689662",
                "169.254.43518",
                "0xa9fea9fe",
                "0xa9.254.169.254",
                "0251.0376.0251.0376",
                "[::ffff:a9fe:a9fe]",
                "::ffff:a9fe:a9fe",
                "::ffff:169.254.169.254",
                "[0:0:0:0:0:ffff:a9fe:a9fe]",
                "[64:ff9b::a9fe:a9fe]",
                "0",
                "0.0.0.0",
                "[::]"
            })
    void no_notation_gets_past(String host) {
        assertThatThrownBy(() -> OutboundGuard.standard().addresses(host)).isInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "2130706433",
                "127.1",
                "0x7f.1",
                "[::ffff:7f00:1]",
                "[::1]",
                "localhost",
                "017700000001"
            })
    void nor_does_any_notation_of_this_machine_where_it_is_forbidden(String host) {
        var guard = new OutboundGuard(new AddressRules(false, true, List.of()), Names.ofThisMachine());

        assertThatThrownBy(() -> guard.addresses(host)).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void the_machines_own_resolver_is_asked() throws Exception {
        assertThat(OutboundGuard.standard().addresses("localhost")).allMatch(InetAddress::isLoopbackAddress);
        assertThat(OutboundGuard.standard().addresses("2130706433"))
                .containsExactly(InetAddress.getByName("127.0.0.1"));
    }

    @Test
    void the_settings_are_read() {
        var runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(OutboundAutoConfiguration.class));

        runner.run(context -> assertThat(context.getBean(OutboundProperties.class))
                .isEqualTo(new OutboundProperties(true, true, List.of())));
        runner.withPropertyValues(
                        "holdfast.outbound.loopback=false",
                        "holdfast.outbound.private-networks=false",
                        "holdfast.outbound.denied-networks=203.0.113.0/24, 2001:db8::/32,")
                .run(context -> {
                    assertThat(context.getBean(OutboundProperties.class))
                            .isEqualTo(
                                    new OutboundProperties(false, false, List.of("203.0.113.0/24", "2001:db8::/32")));
                    for (var host : List.of("127.0.0.1", "10.1.2.3", "203.0.113.9", "2001:db8::1")) {
                        assertThatThrownBy(() ->
                                        context.getBean(OutboundGuard.class).addresses(host))
                                .isInstanceOf(AddressRefused.class);
                    }
                });
    }

    @Test
    void a_refusal_is_found_behind_what_it_has_caused() {
        assertThat(AddressRefused.isBehind(new IllegalStateException(new AddressRefused("no"))))
                .isTrue();
        assertThat(AddressRefused.isBehind(new IllegalStateException(new UnknownHostException("no"))))
                .isFalse();
    }

    private static Names meaning(String... addresses) {
        return host -> Stream.of(addresses).map(OutboundGuardTest::literal).toList();
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
