package dev.holdfast.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** A real HTTP server in the place of a service behind the api-service; a test says what it answers. */
public final class StandIn implements AutoCloseable {
    private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();
    private final HttpServer server;

    StandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param path raw, without a query */
    public void on(String path, HttpHandler handler) {
        handlers.put(path, handler);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var handler = handlers.get(exchange.getRequestURI().getRawPath());
        if (handler == null) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            // One that throws is cut off without an end.
            handler.handle(exchange);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
