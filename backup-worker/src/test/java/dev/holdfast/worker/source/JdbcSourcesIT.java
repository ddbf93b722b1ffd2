package dev.holdfast.worker.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.event.SslMode;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.outbound.OutboundGuard;
import dev.holdfast.worker.step.StopSignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcSourcesIT {
    private static SourceServer server;

    private final Sources sources = SourceServer.sources();
    private final StopSignal stop = new StopSignal();

    @BeforeAll
    static void start() {
        server = new SourceServer();
        server.create("shop");
    }

    @AfterAll
    static void end() {
        server.close();
    }

    static Stream<String> unusual_names() {
        return SourceServer.UNUSUAL_NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("unusual_names")
    void a_name_is_taken_literally_whatever_it_looks_like(String name) {
        server.create(name);
        server.createRole("role of " + name);
        server.sql(name, "create table only_here ()");

        try (var session = sources.open(server.access(name, "role of " + name), stop)) {
            assertThat(session.facts().tableCount()).isOne();
        }
    }

    @Test
    void a_wrong_password_is_an_authentication_failure() {
        var access = server.access("shop");

        var failure = failureOf(new SourceAccess(access.connection(), "wrong-secret", "holdfast-test"));

        assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_AUTHENTICATION_FAILED);
        assertThat(failure.detail()).contains("28P01");
        assertThat(failure.toString()).doesNotContain("wrong-secret");
    }

    @Test
    void an_empty_password_is_an_authentication_failure() {
        var failure = failureOf(new SourceAccess(server.access("shop").connection(), "", "holdfast-test"));

        assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_AUTHENTICATION_FAILED);
    }

    @Test
    void a_server_that_wants_encryption_says_so_in_the_summary() {
        server.createRole("only_tls");
        server.firstRule("host all only_tls all reject");
        var rejected = failureOf(server.access("shop", "only_tls"));

        assertThat(rejected.code()).isEqualTo(FailureCode.SOURCE_AUTHENTICATION_FAILED);
        assertThat(rejected.summary()).contains("pg_hba.conf").contains("sslMode require");
    }

    @Test
    void a_missing_database_is_named() {
        var failure = failureOf(server.access("no such"));

        assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_DATABASE_MISSING);
        assertThat(failure.summary()).contains("no such");
    }

    @Test
    void a_role_that_may_not_connect_gets_the_grant_that_lets_it_in() {
        server.create("a'b=c\"d");
        server.createRole("out'side\"r");
        server.sql("postgres", "revoke connect on database \"a'b=c\"\"d\" from public");
        var access = server.access("a'b=c\"d", "out'side\"r");

        var failure = failureOf(access);

        assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_PRIVILEGE_MISSING);
        server.type(failure.remedies().getFirst().commands().getFirst());
        sources.open(access, stop).close();
    }

    @Test
    void a_server_without_a_free_connection_is_unreachable_for_now() {
        server.createRole("crowded");
        server.sql("postgres", "alter role crowded connection limit 0");

        var failure = failureOf(server.access("shop", "crowded"));

        assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_UNREACHABLE);
        assertThat(failure.summary()).contains("no free connection");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void a_database_that_allows_no_connections_is_unreachable() {
        server.create("closed");
        server.sql("postgres", "alter database closed allow_connections false");

        assertThat(failureOf(server.access("closed")).summary()).contains("does not allow connections");
    }

    @Test
    void a_closed_port_is_told_from_an_unknown_name_and_from_silence() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var refused = failureOf(at("127.0.0.1", 1));
            var unknown = failureOf(at("no-such-host.invalid", 5432));
            var mute = failureOf(at("127.0.0.1", silent.getLocalPort()));

            assertThat(Stream.of(refused, unknown, mute).map(Failure::code))
                    .containsOnly(FailureCode.SOURCE_UNREACHABLE);
            assertThat(refused.summary()).isEqualTo("127.0.0.1:1 refused the connection");
            assertThat(unknown.summary()).contains("host name is unknown");
            assertThat(mute.summary()).contains("did not answer in time");
        }
    }

    @Test
    void a_server_without_tls_fails_a_source_that_requires_it() {
        var plain = server.connection("shop", "postgres");
        var tls = new SourceConnection(plain.host(), plain.port(), "shop", "postgres", SslMode.REQUIRE);

        var failure = failureOf(new SourceAccess(tls, "x", "holdfast-test"));

        assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_TLS_FAILED);
        assertThat(failure.summary()).contains("sslMode require");
    }

    @Test
    void a_server_that_is_no_database_is_unreachable() throws IOException {
        try (var http = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerNonsense(http));

            var failure = failureOf(at("127.0.0.1", http.getLocalPort()));

            assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_UNREACHABLE);
            assertThat(failure.summary()).contains("does not answer like a PostgreSQL server");
        }
    }

    @Test
    void a_server_that_asks_for_two_thousand_million_hashes_of_the_password_gets_none() throws IOException {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> HostileServer.askForHashes(server, Integer.MAX_VALUE));
            var began = Instant.now();

            var failure = failureOf(at("127.0.0.1", server.getLocalPort()));

            assertThat(failure.code().name()).startsWith("SOURCE_");
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void a_server_that_never_stops_talking_is_left_in_time() throws IOException {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> HostileServer.sendNotices(server));
            var began = Instant.now();

            var failure = failureOf(at("127.0.0.1", server.getLocalPort()));

            assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_UNREACHABLE);
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void a_stop_ends_a_connection_attempt_at_once() throws Exception {
        var patient = new SourceSettings(Duration.ofMinutes(1), Duration.ofMinutes(1), SourceServer.SHORT, null);
        var reason = cancelled();
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var access = at("127.0.0.1", silent.getLocalPort());
            Thread.ofVirtual().start(() -> {
                accept(silent);
                stop.stop(reason);
            });
            var began = Instant.now();

            var thrown = catchThrowableOfType(
                    BackupException.class,
                    () -> new JdbcSources(patient, new TlsRoots(patient), OutboundGuard.standard()).open(access, stop));

            assertThat(thrown.failure()).isEqualTo(reason);
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void a_stop_breaks_an_open_session_and_leaves_none_behind() {
        var session = sources.open(server.access("shop"), stop);

        stop.stop(cancelled());

        var thrown = catchThrowableOfType(BackupException.class, session::facts);
        assertThat(thrown.failure().code()).isEqualTo(FailureCode.CANCELLED);
        await().untilAsserted(() -> assertThat(server.sessions()).isZero());
        session.close();
    }

    @Test
    void a_session_that_somebody_ends_is_a_lost_connection() {
        try (var session = sources.open(server.access("shop"), stop)) {
            server.sql(
                    "postgres",
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'holdfast-test'");

            var thrown = catchThrowableOfType(BackupException.class, session::facts);

            assertThat(thrown.failure().code()).isEqualTo(FailureCode.SOURCE_CONNECTION_LOST);
        }
    }

    @Test
    void a_name_is_looked_up_once_and_connected_to_at_an_allowed_address_that_answers() {
        var lookups = new AtomicInteger();
        var guarded = SourceServer.sources(null, OutboundGuard.standard(host -> {
            lookups.incrementAndGet();
            return List.of(
                    InetAddress.getByName("169.254.169.254"),
                    InetAddress.getByName("127.0.0.9"),
                    InetAddress.getByName("127.0.0.1"));
        }));

        try (var session = guarded.open(at("db.example.org", server.access("shop")), stop)) {
            assertThat(session.facts().version()).startsWith("15.");
        }
        assertThat(lookups).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "2852039166",
                "169.254.43518",
                "::ffff:a9fe:a9fe",
                "fd00:ec2::254",
                "64:ff9b::a9fe:a9fe",
                "0.0.0.0",
                "::",
                "224.0.0.1"
            })
    void a_forbidden_address_in_any_notation_is_not_connected_to(String host) {
        var failure = failureOf(at(host, 5432));

        assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_ADDRESS_REFUSED);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.detail()).contains("may not be connected to");
        assertThat(failure.remedies().getFirst().commands())
                .singleElement()
                .asString()
                .startsWith("getent ahosts ");
    }

    private Failure failureOf(SourceAccess access) {
        return catchThrowableOfType(BackupException.class, () -> sources.open(access, stop))
                .failure();
    }

    private static SourceAccess at(String host, SourceAccess like) {
        var source = like.connection();
        return new SourceAccess(
                new SourceConnection(host, source.port(), source.database(), source.username(), source.sslMode()),
                like.password(),
                like.applicationName());
    }

    private static SourceAccess at(String host, int port) {
        return new SourceAccess(
                new SourceConnection(host, port, "shop", "app", SslMode.PREFER), "secret", "holdfast-test");
    }

    private static Failure cancelled() {
        return Failure.of(FailureCode.CANCELLED, "cancelled", "by the test", Map.of());
    }

    private static void accept(ServerSocket server) {
        try {
            server.accept();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Until the test closes the socket. */
    private static void answerNonsense(ServerSocket server) {
        while (!server.isClosed()) {
            try (var client = server.accept()) {
                client.getInputStream().readNBytes(8);
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                return;
            }
        }
    }
}
