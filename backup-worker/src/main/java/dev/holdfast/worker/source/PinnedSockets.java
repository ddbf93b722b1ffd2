package dev.holdfast.worker.source;

import dev.holdfast.common.outbound.GuardedSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.SocketFactory;

/**
 * Sockets of the PostgreSQL driver, to addresses that were chosen before. The driver makes it by its name and hands it one text; it
 * keeps the host's name for the certificate alone.
 */
public final class PinnedSockets extends SocketFactory {
    private final GuardedSockets sockets;

    /** @param argument as {@link #argument} writes it */
    public PinnedSockets(String argument) throws IOException {
        var parts = argument.split(" ");
        var addresses = new ArrayList<InetAddress>();
        for (var address : Arrays.asList(parts).subList(2, parts.length)) {
            addresses.add(InetAddress.getByName(address));
        }
        sockets = new GuardedSockets(
                () -> addresses, Integer.parseInt(parts[0]), Duration.ofMillis(Long.parseLong(parts[1])));
    }

    static String argument(List<InetAddress> addresses, int port, Duration timeout) {
        return addresses.stream()
                .map(InetAddress::getHostAddress)
                .collect(Collectors.joining(" ", port + " " + timeout.toMillis() + " ", ""));
    }

    @Override
    public Socket createSocket() throws IOException {
        return sockets.createSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return sockets.createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return sockets.createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return sockets.createSocket();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return sockets.createSocket();
    }
}
