package dev.holdfast.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds ports on the loopback address. */
public final class FreePort {
    private FreePort() {}

    /** A port that nothing listened on a moment ago. */
    public static int find() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback address", e);
        }
    }

    /** The port that this file names if nothing listens there, else another one, which the file names from then on. */
    static int remembered(Path file) throws IOException {
        var text = Files.exists(file) ? Files.readString(file).strip() : "";
        if (text.matches("[1-5]?[0-9]{4}") && !isListening(Integer.parseInt(text))) {
            return Integer.parseInt(text);
        }
        int port = find();
        Files.writeString(file, port + "\n");
        return port;
    }

    /** Whether something accepts connections on this loopback port. */
    public static boolean isListening(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
