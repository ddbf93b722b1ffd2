package dev.holdfast.worker.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.event.SslMode;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.outbound.OutboundGuard;
import dev.holdfast.worker.source.SourceAccess;
import dev.holdfast.worker.source.SourceServer;
import dev.holdfast.worker.source.Sources;
import dev.holdfast.worker.step.StopSignal;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The driver and pg_dump must agree on whom to trust: a dump that fails where preflight passed would be a riddle. */
class TlsIT {
    private static SourceServer server;

    /** Its own authority; names {@code localhost} alone. */
    private static Path certificate;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        server = new SourceServer();
        server.create("shop");
        server.sql("shop", "create table t as select 42 as answer");
        certificate = server.enableTls("localhost");
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = SslMode.class,
            names = {"PREFER", "REQUIRE", "VERIFY_CA", "VERIFY_FULL"})
    void a_server_with_the_trusted_certificate_is_dumped(SslMode mode) throws Exception {
        try (var workshop = new Workshop(directory, certificate)) {
            var request = workshop.request(access("localhost", mode));

            workshop.dumper().dump(request, (bytes, tables) -> {}, workshop.log, workshop.stop);

            assertThat(Files.size(request.directory().resolve("database.dump"))).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SslMode.class,
            names = {"VERIFY_CA", "VERIFY_FULL"})
    void an_unknown_authority_is_a_tls_failure(SslMode mode) {
        var failure = failureOf(SourceServer.sources(), access("localhost", mode));

        assertThat(failure).isEqualTo(FailureCode.SOURCE_TLS_FAILED);
    }

    @Test
    void another_host_name_is_a_tls_failure() {
        var trusting = SourceServer.sources(certificate);

        assertThat(failureOf(trusting, access("127.0.0.1", SslMode.VERIFY_FULL)))
                .isEqualTo(FailureCode.SOURCE_TLS_FAILED);
    }

    @Test
    void a_missing_file_of_authorities_is_a_tls_failure() {
        var misled = SourceServer.sources(directory.resolve("nowhere.pem"));

        assertThat(failureOf(misled, access("localhost", SslMode.VERIFY_FULL)))
                .isEqualTo(FailureCode.SOURCE_TLS_FAILED);
    }

    /** A name that nobody but the guard knows: pg_dump can't have looked it up. */
    @Test
    void pg_dump_connects_to_the_addresses_that_were_allowed_and_looks_nothing_up() throws Exception {
        try (var workshop = new Workshop(directory, certificate)) {
            var guard = OutboundGuard.standard(host -> List.of(
                    InetAddress.getByName("169.254.169.254"),
                    InetAddress.getByName("127.0.0.9"),
                    InetAddress.getByName("127.0.0.1")));
            var request = at("db.example.org", workshop.request(access("localhost", SslMode.REQUIRE)));

            workshop.dumper(guard).dump(request, (bytes, tables) -> {}, workshop.log, workshop.stop);

            assertThat(Files.size(request.directory().resolve("database.dump"))).isPositive();
            assertThat(Files.size(request.directory().resolve("globals.sql"))).isPositive();
        }
    }

    @Test
    void the_name_is_still_the_one_that_the_certificate_is_for() throws Exception {
        try (var workshop = new Workshop(directory, certificate)) {
            var guard = OutboundGuard.standard(host -> List.of(InetAddress.getByName("127.0.0.1")));
            var other = at("db.example.org", workshop.request(access("localhost", SslMode.VERIFY_FULL)));

            assertThat(workshop.failureOf(workshop.dumper(guard), other).code())
                    .isEqualTo(FailureCode.SOURCE_TLS_FAILED);
        }
    }

    @Test
    void pg_dump_is_not_started_for_a_forbidden_address() throws Exception {
        try (var workshop = new Workshop(directory, certificate)) {
            var guard = OutboundGuard.standard(host -> List.of(InetAddress.getByName("169.254.169.254")));
            var request = workshop.request(access("localhost", SslMode.REQUIRE));

            assertThat(workshop.failureOf(workshop.dumper(guard), request).code())
                    .isEqualTo(FailureCode.SOURCE_ADDRESS_REFUSED);
            assertThat(workshop.output()).isEmptyDirectory();
        }
    }

    private static DumpRequest at(String host, DumpRequest request) {
        return new DumpRequest(
                access(host, request.access().connection().sslMode()),
                request.client(),
                request.facts(),
                request.directory());
    }

    private static FailureCode failureOf(Sources sources, SourceAccess access) {
        return catchThrowableOfType(BackupException.class, () -> sources.open(access, new StopSignal()))
                .failure()
                .code();
    }

    private static SourceAccess access(String host, SslMode mode) {
        var plain = server.access("shop");
        var source = plain.connection();
        return new SourceAccess(
                new SourceConnection(host, source.port(), source.database(), source.username(), mode),
                plain.password(),
                plain.applicationName());
    }
}
