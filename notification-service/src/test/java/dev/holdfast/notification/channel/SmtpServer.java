package dev.holdfast.notification.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that says to RCPT what a test wants, or takes connections and never says a word. */
public final class SmtpServer implements AutoCloseable {
    private final ServerSocket socket;
    private final String reply;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    private SmtpServer(ServerSocket socket, String reply) {
        this.socket = socket;
        this.reply = reply;
    }

    /** @param reply to RCPT, such as {@code 550 no such user}; empty for the black hole */
    public static SmtpServer replying(String reply) {
        try {
            var server = new SmtpServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), reply);
            Thread.ofVirtual().start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** How many receivers were named. */
    public long tries() {
        return reply.isEmpty()
                ? open.size()
                : commands.stream().filter(line -> line.startsWith("RCPT")).count();
    }

    private void accept() {
        try {
            while (true) {
                var client = socket.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> talk(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void talk(Socket client) {
        if (reply.isEmpty()) {
            return;
        }
        try (client;
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            say(client, "220 test");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                commands.add(line);
                say(client, line.startsWith("RCPT") ? reply : line.startsWith("QUIT") ? "221 bye" : "250 ok");
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (var client : open) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
