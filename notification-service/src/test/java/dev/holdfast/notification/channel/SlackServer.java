package dev.holdfast.notification.channel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;

/** A real HTTP server that answers like Slack's incoming webhooks, or as a test wants it to. */
public final class SlackServer implements AutoCloseable {
    public static final String SECRET = "/services/T000/B000/verysecret";
    /** In the place of a status: no answer at all. */
    public static final int HANG = 0;

    private final HttpServer server;
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<Long> times = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile IntUnaryOperator answers = request -> 200;

    private SlackServer(HttpServer server) {
        this.server = server;
    }

    public static SlackServer start() {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var slack = new SlackServer(http);
            http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            http.createContext("/", slack::answer);
            http.start();
            return slack;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which status the request of each number, from 0, gets. */
    public SlackServer answering(IntUnaryOperator statuses) {
        answers = statuses;
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + SECRET;
    }

    /** Everything that was posted. */
    public List<String> posted() {
        return List.copyOf(bodies);
    }

    /** What was answered with 200. */
    public List<String> taken() {
        return List.copyOf(taken);
    }

    /** When each came, by {@link System#nanoTime}. */
    public List<Long> times() {
        return List.copyOf(times);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status;
            synchronized (this) {
                status = answers.applyAsInt(bodies.size());
                times.add(System.nanoTime());
                bodies.add(body);
            }
            if (status == HANG) {
                closing.await();
                return;
            }
            if (status == 200) {
                taken.add(body);
            }
            exchange.getResponseHeaders().set("Retry-After", "2");
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
            var answer = ("no_service of " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
