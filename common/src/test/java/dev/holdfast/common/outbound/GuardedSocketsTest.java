package dev.holdfast.common.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardedSocketsTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private ServerSocket server;

    @BeforeEach
    void listen() throws Exception {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    @Test
    void a_socket_comes_connected_and_stays_where_it_is() throws Exception {
        try (var elsewhere = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                var socket = to(OutboundGuard.standard()).createSocket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", elsewhere.getLocalPort()), 1_000);

            assertThat(socket.isConnected()).isTrue();
            assertThat(socket.getPort()).isEqualTo(server.getLocalPort());
            assertThat(socket.getInetAddress()).isEqualTo(InetAddress.getByName("127.0.0.1"));
        }
    }

    @Test
    void an_address_that_does_not_answer_is_followed_by_the_next() throws Exception {
        var guard = OutboundGuard.standard(
                host -> List.of(InetAddress.getByName("127.0.0.9"), InetAddress.getByName("127.0.0.1")));

        try (var socket = to(guard).createSocket()) {
            assertThat(socket.getInetAddress()).isEqualTo(InetAddress.getByName("127.0.0.1"));
        }
    }

    @Test
    void when_none_answers_the_first_one_says_why() {
        var guard = OutboundGuard.standard(
                host -> List.of(InetAddress.getByName("127.0.0.9"), InetAddress.getByName("127.0.0.8")));

        assertThatThrownBy(() -> to(guard).createSocket())
                .isInstanceOf(ConnectException.class)
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    }

    /** A name that means something harmless to who looks first, and something else to who looks again. */
    @Test
    void a_name_is_looked_up_once_for_each_connection() throws Exception {
        var lookups = new AtomicInteger();
        var guard = OutboundGuard.standard(host ->
                List.of(InetAddress.getByName(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "169.254.169.254")));

        try (var socket = to(guard).createSocket()) {
            assertThat(socket.isConnected()).isTrue();
            assertThat(lookups).hasValue(1);
        }
        assertThatThrownBy(() -> to(guard).createSocket()).isInstanceOf(AddressRefused.class);
    }

    @Test
    void a_forbidden_address_is_not_connected_to() throws Exception {
        var guard = new OutboundGuard(new AddressRules(false, true, List.of()), Names.ofThisMachine());

        assertThatThrownBy(() -> to(guard).createSocket()).isInstanceOf(AddressRefused.class);

        server.setSoTimeout(200);
        assertThatThrownBy(server::accept).isInstanceOf(java.net.SocketTimeoutException.class);
    }

    private GuardedSockets to(OutboundGuard guard) {
        return new GuardedSockets(() -> guard.addresses("127.0.0.1"), server.getLocalPort(), LIMIT);
    }
}
