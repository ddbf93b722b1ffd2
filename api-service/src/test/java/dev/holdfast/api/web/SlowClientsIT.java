package dev.holdfast.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.api.RunningApi;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that take their time. */
class SlowClientsIT {
    private static RunningApi api;

    @BeforeAll
    static void start() {
        api = RunningApi.start("--holdfast.api.max-body-time=2s", "--server.tomcat.connection-timeout=4s");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void a_body_that_comes_byte_by_byte_is_not_waited_for() throws Exception {
        try (var socket = request("Transfer-Encoding: chunked")) {
            await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        write(socket, "1\r\n \r\n");
                        return socket.getInputStream().available() > 0;
                    });

            assertThat(read(socket)).startsWith("HTTP/1.1 408").contains("BODY_TOO_SLOW");
        }
    }

    @Test
    void a_body_that_stops_coming_is_not_waited_for() throws Exception {
        try (var socket = request("Content-Length: 100")) {
            write(socket, "{");

            assertThat(read(socket)).startsWith("HTTP/1.1 408").contains("BODY_TOO_SLOW");
        }
    }

    @Test
    void hundreds_of_clients_that_say_half_a_sentence_hold_nobody_up() throws Exception {
        var sockets = new ArrayList<Socket>();
        try {
            for (int n = 0; n < 250; n++) {
                sockets.add(request("Content-Length: 100"));
                var silent = new Socket("127.0.0.1", api.port());
                sockets.add(silent);
                write(silent, "GET /api/v1/sources HTTP/1.1\r\nHo");
            }

            long started = System.nanoTime();
            assertThat(api.get("/api/v1/sources").status()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    /** The beginning of a request by an administrator whose body is to follow. */
    private static Socket request(String header) throws IOException {
        var socket = new Socket("127.0.0.1", api.port());
        socket.setSoTimeout(10_000);
        write(
                socket,
                "POST /api/v1/sources HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                        + RunningApi.TOKEN + "\r\n" + header + "\r\n\r\n");
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(1200), StandardCharsets.UTF_8);
    }
}
