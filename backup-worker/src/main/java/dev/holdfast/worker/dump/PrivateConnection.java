package dev.holdfast.worker.dump;

import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.event.SslMode;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.source.SourceAccess;
import dev.holdfast.worker.source.SourceFailures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a tool gets its connection without a secret in its arguments or its environment: a service file and a password file in a
 * directory that only the worker can enter, deleted with the run.
 */
final class PrivateConnection implements AutoCloseable {
    private static final String SERVICE = "holdfast";

    private final Path directory;
    private final SourceConnection connection;

    private PrivateConnection(Path directory, SourceConnection connection) {
        this.directory = directory;
        this.connection = connection;
    }

    /**
     * Writes the files.
     *
     * @param addresses what to connect to, in this order; the source's host is then a name for the certificate alone
     */
    static PrivateConnection create(
            PrivateDirectories directories, SourceAccess access, List<InetAddress> addresses, Optional<Path> tlsRoots) {
        requireOneLine(access);
        try {
            var files = new PrivateConnection(directories.create(), access.connection());
            files.fill(access, addresses, tlsRoots);
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("the private directory for the connection could not be made", e);
        }
    }

    /**
     * The database and the user for {@code --dbname}. Percent-encoded, because libpq would trim blanks in the service file, take a
     * plain name with an equals sign for a connection string, and because Java would encode it in the locale's character set.
     */
    String uri() {
        return "postgresql://" + encode(connection.username()) + "@/" + encode(connection.database());
    }

    Map<String, String> environment() {
        var environment = new HashMap<>(ToolEnvironment.minimal());
        environment.put("HOME", directory.toString());
        environment.put("PGSERVICEFILE", serviceFile().toString());
        environment.put("PGSERVICE", SERVICE);
        environment.put("PGPASSFILE", passwordFile().toString());
        return environment;
    }

    @Override
    public void close() {
        PrivateDirectories.delete(directory);
    }

    private void fill(SourceAccess access, List<InetAddress> addresses, Optional<Path> tlsRoots) throws IOException {
        try {
            write(serviceFile(), service(access, addresses, tlsRoots));
            write(passwordFile(), "*:*:*:*:" + escape(access.password()) + "\n");
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Path serviceFile() {
        return directory.resolve("pg_service.conf");
    }

    private Path passwordFile() {
        return directory.resolve("pgpass");
    }

    /** A dead network is noticed after 25 seconds without an answer. */
    private static String service(SourceAccess access, List<InetAddress> addresses, Optional<Path> tlsRoots) {
        var source = access.connection();
        var service = new StringBuilder("[" + SERVICE + "]\n")
                .append("host=")
                .append(forEach(addresses, address -> source.host()))
                .append("\nhostaddr=")
                .append(forEach(addresses, InetAddress::getHostAddress))
                .append('\n')
                .append("port=")
                .append(source.port())
                .append('\n')
                .append("sslmode=")
                .append(source.sslMode().libpqName())
                .append('\n')
                .append("application_name=")
                .append(access.applicationName())
                .append('\n')
                .append("gssencmode=disable\nconnect_timeout=10\n")
                .append("keepalives=1\nkeepalives_idle=10\nkeepalives_interval=5\nkeepalives_count=3\n")
                .append("tcp_user_timeout=25000\n");
        if (source.sslMode() == SslMode.VERIFY_CA || source.sslMode() == SslMode.VERIFY_FULL) {
            tlsRoots.ifPresent(
                    file -> service.append("sslrootcert=").append(file).append('\n'));
        }
        return service.toString();
    }

    /** libpq takes as many hosts as addresses. */
    private static String forEach(List<InetAddress> addresses, Function<InetAddress, String> text) {
        return addresses.stream().map(text).collect(Collectors.joining(","));
    }

    private static void write(Path file, String content) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content, StandardOpenOption.WRITE);
    }

    /** The files are read by line: a line break in a value would begin another setting. */
    private static void requireOneLine(SourceAccess access) {
        var source = access.connection();
        if (hasLineBreak(source.host()) || hasLineBreak(access.applicationName()) || hasLineBreak(access.password())) {
            throw new SourceFailures(source)
                    .of(
                            FailureCode.SOURCE_AUTHENTICATION_FAILED,
                            "a host or password with a line break can't be handed to pg_dump",
                            "libpq's service and password files hold one value a line");
        }
    }

    private static boolean hasLineBreak(String value) {
        return value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0);
    }

    private static String escape(String password) {
        return password.replace("\\", "\\\\").replace(":", "\\:");
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
