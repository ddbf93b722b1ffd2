package dev.holdfast.common.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import javax.net.SocketFactory;

/**
 * Sockets for libraries that resolve names themselves: they come connected already, to an address that may be connected to, and what
 * the library then asks to connect to is not looked at. Addresses are tried in order, until one answers.
 */
public final class GuardedSockets extends SocketFactory {
    private final Addresses addresses;
    private final int port;
    private final int timeoutMillis;

    /** Where the addresses come from, anew for each socket. */
    @FunctionalInterface
    public interface Addresses {

        /** The addresses to try, in this order; never none, and all of them allowed. */
        List<InetAddress> get() throws UnknownHostException;
    }

    /** @param timeout for each address */
    public GuardedSockets(Addresses addresses, int port, Duration timeout) {
        this.addresses = addresses;
        this.port = port;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    /**
     * A socket that is connected.
     *
     * @throws IOException what the first address answered with, when none takes the connection
     */
    @Override
    public Socket createSocket() throws IOException {
        IOException failure = null;
        for (var address : addresses.get()) {
            var socket = new ConnectedSocket();
            try {
                socket.open(new InetSocketAddress(address, port), timeoutMillis);
                return socket;
            } catch (IOException e) {
                socket.close();
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        throw failure == null ? new UnknownHostException("no address") : failure;
    }

    @Override
    public Socket createSocket(String host, int ignoredPort) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(String host, int ignoredPort, InetAddress localHost, int localPort) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int ignoredPort) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress address, int ignoredPort, InetAddress localAddress, int localPort)
            throws IOException {
        return createSocket();
    }

    /** Straight to the address, whatever proxy the JVM is told of: behind one, nobody could say where it ends. */
    private static final class ConnectedSocket extends Socket {
        ConnectedSocket() {
            super(Proxy.NO_PROXY);
        }

        void open(InetSocketAddress address, int timeoutMillis) throws IOException {
            super.connect(address, timeoutMillis);
        }

        @Override
        public void connect(SocketAddress endpoint) {
            // It is connected.
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) {
            // It is connected.
        }
    }
}
