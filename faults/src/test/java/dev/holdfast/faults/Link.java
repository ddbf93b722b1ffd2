package dev.holdfast.faults;

import java.io.IOException;
import java.net.Socket;

/** One connection through a proxy: two sockets, and a thread for each direction. */
final class Link {
    private final Socket client;
    private final Socket server;

    Link(Socket client, Socket server) {
        this.client = client;
        this.server = server;
    }

    /** Moves bytes until both sides have ended. */
    void run(Faults toServer, Faults toClient) {
        try {
            var back = Thread.ofVirtual().start(() -> pump(server, client, toClient));
            pump(client, server, toServer);
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(client);
            close(server);
        }
    }

    void reset() {
        reset(client);
        reset(server);
    }

    void halfClose() {
        try {
            client.shutdownOutput();
        } catch (IOException e) {
            close(client);
        }
    }

    private void pump(Socket from, Socket to, Faults faults) {
        try {
            var buffer = new byte[64 * 1024];
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                faults.see(buffer, read);
                for (int sent = 0; sent < read; ) {
                    int slice = Math.min(faults.chunk(), read - sent);
                    if (faults.admit(slice)) {
                        out.write(buffer, sent, slice);
                    }
                    sent += slice;
                }
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One side is gone: the other learns it in the same way.
            reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reset(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // Closed meanwhile, which is all that is wanted.
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone in any case.
        }
    }
}
