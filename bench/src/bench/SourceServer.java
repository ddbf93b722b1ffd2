package bench;

import dev.holdfast.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The throw-away server with the databases that are backed up. */
final class SourceServer implements AutoCloseable {
    private static final String PASSWORD = "bench";

    private final int port;
    private final String password;
    private final AutoCloseable stop;

    private SourceServer(int port, String password, AutoCloseable stop) {
        this.port = port;
        this.password = password;
        this.stop = stop;
    }

    static SourceServer start(Path bin, Path work) throws Exception {
        if (!Files.isExecutable(bin.resolve("initdb"))) {
            var embedded = EmbeddedPostgres.temporary();
            return new SourceServer(embedded.port(), embedded.password(), embedded);
        }
        int port = freePort();
        var directory = Files.createDirectory(work.resolve("server"));
        var secret = Files.writeString(directory.resolve("password"), PASSWORD);
        var data = directory.resolve("data").toString();
        if (isRoot()) {
            Commands.run("chmod", "o+x", work.toString());
            Commands.run("chown", "-R", "postgres", directory.toString());
        }
        asServer(bin.resolve("initdb").toString(), "-D", data, "-U", "postgres", "--pwfile=" + secret, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8");
        var settings = "-p %d -k %s -c listen_addresses=127.0.0.1 -c fsync=off -c max_wal_size=4GB -c autovacuum=off".formatted(port, directory);
        asServer(bin.resolve("pg_ctl").toString(), "-D", data, "-o", settings, "-l", directory.resolve("log").toString(), "-w", "start");
        return new SourceServer(port, PASSWORD, () -> asServer(bin.resolve("pg_ctl").toString(), "-D", data, "-m", "immediate", "stop"));
    }

    int port() {
        return port;
    }

    String password() {
        return password;
    }

    Map<String, String> environment() {
        return Map.of("PGHOST", "127.0.0.1", "PGPORT", "" + port, "PGUSER", "postgres", "PGPASSWORD", password, "LC_MESSAGES", "C");
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), "postgres", password);
    }

    void create(String database) throws SQLException {
        try (var connection = connect("postgres"); var statement = connection.createStatement()) {
            statement.execute("create database " + database);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void asServer(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        all.addAll(List.of(command));
        // Its output would be held open by the server that pg_ctl leaves behind.
        var process = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", all) + " ended with " + process.exitValue());
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws Exception {
        stop.close();
    }
}
