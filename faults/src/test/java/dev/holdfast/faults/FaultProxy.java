package dev.holdfast.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy on 127.0.0.1 that does to connections what networks do: cuts, stalls, slows, swallows, refuses. Its port stays the
 * same for its whole life. Every fault holds for the connections there are and for those to come, until {@link #heal()}.
 */
final class FaultProxy implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;

    private final String host;
    private final int targetPort;
    private final int port;
    private final Faults toServer = new Faults();
    private final Faults toClient = new Faults();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private volatile ServerSocket listener;
    private volatile Thread listening;

    private FaultProxy(String host, int targetPort) throws IOException {
        this.host = host;
        this.targetPort = targetPort;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = listener.getLocalPort();
        listening = listen(listener);
    }

    /** Opens a proxy to a server, which need not be there yet. */
    static FaultProxy to(String host, int port) {
        try {
            return new FaultProxy(host, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** How many connections were ever opened through it. */
    long accepted() {
        return accepted.get();
    }

    /** How many bytes went from clients to the server. */
    long bytesToServer() {
        return toServer.passed();
    }

    /** How many bytes the server has sent to clients, and they have got. */
    long bytesToClient() {
        return toClient.passed();
    }

    /** Ends every connection by a reset, on both sides. New ones are accepted. */
    void cut() {
        links.forEach(Link::reset);
    }

    /** Ends every connection and refuses new ones, as where nothing listens. */
    void refuse() {
        try {
            listener.close();
            // The port is open as long as somebody still waits at it.
            listening.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cut();
    }

    /** Holds everything back; connections stay open, and new ones are accepted and get no answer, as with a dead network. */
    void stall() {
        toServer.stall();
        toClient.stall();
    }

    /** Holds back what the server sends after so many more bytes of it. */
    void stallToClientAfter(long bytes) {
        toClient.stallAfter(bytes);
    }

    /** Limits what the server sends to so many bytes a second, of all connections together. */
    void slowToClient(long bytesPerSecond) {
        toClient.limit(bytesPerSecond);
    }

    /** Swallows what the server sends: clients think that it says nothing, the server that all is well. */
    void dropToClient() {
        toClient.drop();
    }

    /** Swallows what the server sends from the moment on at which a client sends such a text, as where a confirm is lost. */
    void dropToClientOnce(String sent) {
        toServer.onceSeen(sent, toClient::drop);
    }

    /** Swallows what clients send. */
    void dropToServer() {
        toServer.drop();
    }

    /** Closes the server's side of every connection towards its client, and leaves the other direction open. */
    void halfClose() {
        links.forEach(Link::halfClose);
    }

    /** Ends whatever fault there is. What was stalled goes on; what was swallowed is lost. */
    void heal() {
        toServer.heal();
        toClient.heal();
        if (listener.isClosed()) {
            try {
                var again = new ServerSocket();
                again.setReuseAddress(true);
                again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
                listener = again;
                listening = listen(again);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        refuse();
        toServer.heal();
        toClient.heal();
    }

    private Thread listen(ServerSocket current) {
        return Thread.ofVirtual().name("proxy-" + port).start(() -> {
            while (!current.isClosed()) {
                try {
                    open(current.accept());
                } catch (IOException e) {
                    if (!current.isClosed()) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        });
    }

    private void open(Socket client) {
        accepted.incrementAndGet();
        Thread.ofVirtual().start(() -> {
            var server = new Socket();
            var link = new Link(client, server);
            links.add(link);
            try {
                server.connect(new InetSocketAddress(host, targetPort), CONNECT_MILLIS);
                link.run(toServer, toClient);
            } catch (IOException e) {
                // Nobody there: the client sees what it would see without the proxy.
                link.reset();
            } finally {
                links.remove(link);
            }
        });
    }
}
