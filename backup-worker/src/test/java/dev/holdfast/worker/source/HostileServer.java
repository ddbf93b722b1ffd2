package dev.holdfast.worker.source;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Something that speaks PostgreSQL's protocol (manual, chapter 55) up to the point where it does harm. */
final class HostileServer {
    private static final int SSL_REQUEST = 80_877_103;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;

    private HostileServer() {}

    /** Asks each client for a SCRAM proof that takes hours to compute. */
    static void askForHashes(ServerSocket server, int iterations) {
        forEachClient(server, (in, out) -> {
            send(out, 'R', SASL, "SCRAM-SHA-256\0\0");
            in.readByte();
            var message = new byte[in.readInt() - 4];
            in.readFully(message);
            var text = new String(message, StandardCharsets.UTF_8);
            var nonce = text.substring(text.indexOf(",r=") + 3);
            send(out, 'R', SASL_CONTINUE, "r=%sserver,s=c2FsdHNhbHQ=,i=%d".formatted(nonce, iterations));
            in.read();
        });
    }

    /** Sends one notice after another. */
    static void sendNotices(ServerSocket server) {
        forEachClient(server, (in, out) -> {
            while (true) {
                var notice = "SNOTICE\0C00000\0Mstill here\0\0".getBytes(StandardCharsets.UTF_8);
                out.writeByte('N');
                out.writeInt(4 + notice.length);
                out.write(notice);
            }
        });
    }

    private static void send(DataOutputStream out, char type, int kind, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte(type);
        out.writeInt(8 + bytes.length);
        out.writeInt(kind);
        out.write(bytes);
        out.flush();
    }

    private static void forEachClient(ServerSocket server, Talk talk) {
        while (!server.isClosed()) {
            try (var client = server.accept()) {
                begin(client, talk);
            } catch (IOException e) {
                // It hung up, or the test is over: the next one, or the end.
                continue;
            }
        }
    }

    private static void begin(Socket client, Talk talk) throws IOException {
        var in = new DataInputStream(client.getInputStream());
        var out = new DataOutputStream(client.getOutputStream());
        while (true) {
            var length = in.readInt();
            var code = in.readInt();
            in.skipNBytes(length - 8L);
            if (code != SSL_REQUEST) {
                break;
            }
            out.writeByte('N');
            out.flush();
        }
        talk.with(in, out);
    }

    /** What follows the start-up message. */
    private interface Talk {
        void with(DataInputStream in, DataOutputStream out) throws IOException;
    }
}
