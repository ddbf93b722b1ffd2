package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.embedded.FreePort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int SHORT_MILLIS = 300;

    private final BlockingQueue<Socket> served = new LinkedBlockingQueue<>();
    private ServerSocket server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    served.add(server.accept());
                } catch (IOException e) {
                    return;
                }
            }
        });
        proxy = FaultProxy.to("127.0.0.1", server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void what_is_sent_arrives_in_both_directions_and_is_counted() throws Exception {
        try (var client = connect();
                var far = served.take()) {
            client.getOutputStream().write("hello".getBytes());
            assertThat(far.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
            far.getOutputStream().write("good day".getBytes());
            assertThat(client.getInputStream().readNBytes(8)).asString().isEqualTo("good day");

            assertThat(proxy.bytesToServer()).isEqualTo(5);
            assertThat(proxy.bytesToClient()).isEqualTo(8);
            assertThat(proxy.accepted()).isEqualTo(1);
        }
    }

    @Test
    void the_end_of_a_stream_is_passed_on() throws Exception {
        try (var client = connect();
                var far = served.take()) {
            client.shutdownOutput();

            assertThat(far.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void a_cut_resets_both_sides_and_new_connections_work() throws Exception {
        try (var client = connect();
                var far = served.take()) {
            proxy.cut();

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> far.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        try (var again = connect();
                var far = served.take()) {
            far.getOutputStream().write(7);
            assertThat(again.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void nothing_listens_while_it_refuses_and_the_port_is_the_same_after() throws Exception {
        proxy.refuse();
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);

        proxy.heal();
        try (var client = connect();
                var far = served.take()) {
            far.getOutputStream().write(7);
            assertThat(client.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void a_stall_holds_bytes_back_and_loses_none() throws Exception {
        try (var client = connect();
                var far = served.take()) {
            proxy.stall();
            far.getOutputStream().write(7);
            client.setSoTimeout(SHORT_MILLIS);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            proxy.heal();
            client.setSoTimeout(PATIENCE_MILLIS);
            assertThat(client.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void a_stall_can_come_after_so_many_bytes() throws Exception {
        try (var client = connect();
                var far = served.take()) {
            proxy.stallToClientAfter(1);
            far.getOutputStream().write(7);
            assertThat(client.getInputStream().read()).isEqualTo(7);
            far.getOutputStream().write(8);
            client.setSoTimeout(SHORT_MILLIS);

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void what_is_dropped_never_arrives_and_the_other_direction_goes_on() throws Exception {
        try (var client = connect();
                var far = served.take()) {
            proxy.dropToClient();
            far.getOutputStream().write(7);
            client.getOutputStream().write(1);
            assertThat(far.getInputStream().read()).isEqualTo(1);
            client.setSoTimeout(SHORT_MILLIS);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            proxy.heal();
            far.getOutputStream().write(8);
            client.setSoTimeout(PATIENCE_MILLIS);
            assertThat(client.getInputStream().read()).isEqualTo(8);
        }
    }

    @Test
    void answers_can_be_lost_from_a_certain_question_on() throws Exception {
        try (var client = connect();
                var far = served.take()) {
            proxy.dropToClientOnce("publish");
            client.getOutputStream().write("open".getBytes());
            assertThat(far.getInputStream().readNBytes(4)).asString().isEqualTo("open");
            far.getOutputStream().write(7);
            assertThat(client.getInputStream().read()).isEqualTo(7);

            client.getOutputStream().write("please publish".getBytes());
            assertThat(far.getInputStream().readNBytes(14)).asString().isEqualTo("please publish");
            far.getOutputStream().write(8);
            client.setSoTimeout(SHORT_MILLIS);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void a_limit_makes_a_transfer_take_its_time() throws Exception {
        try (var client = connect();
                var far = served.take()) {
            proxy.slowToClient(20_000);
            far.getOutputStream().write(new byte[20_000]);
            long started = System.nanoTime();

            assertThat(client.getInputStream().readNBytes(20_000)).hasSize(20_000);

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(700));
        }
    }

    @Test
    void a_half_close_ends_one_direction_alone() throws Exception {
        try (var client = connect();
                var far = served.take()) {
            proxy.halfClose();
            assertThat(client.getInputStream().read()).isEqualTo(-1);

            client.getOutputStream().write(7);
            assertThat(far.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void a_server_that_is_not_there_resets_the_client() throws Exception {
        try (var toNobody = FaultProxy.to("127.0.0.1", FreePort.find());
                var client = connect(toNobody)) {
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    private Socket connect() throws IOException {
        return connect(proxy);
    }

    private static Socket connect(FaultProxy proxy) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }
}
