package dev.holdfast.worker.dump;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.outbound.OutboundGuard;
import dev.holdfast.worker.source.ServerFacts;
import dev.holdfast.worker.source.SourceAccess;
import dev.holdfast.worker.source.SourceServer;
import dev.holdfast.worker.step.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The parts of this package put together as Spring would, over directories of a test. */
final class Workshop implements AutoCloseable {
    static final Duration LOCK_WAIT = Duration.ofSeconds(20);

    final Path directory;
    private final @Nullable Path tlsRootCertificates;
    final DumpSettings settings;
    final ToolLauncher launcher = new ToolLauncher();
    final ClientProbe probe = new ClientProbe(launcher, Clock.systemUTC());
    final InstalledPgClients clients;
    final RecordedLog log = new RecordedLog();
    final StopSignal stop = new StopSignal();

    Workshop(Path directory) {
        this(directory, LOCK_WAIT, null);
    }

    Workshop(Path directory, Path tlsRootCertificates) {
        this(directory, LOCK_WAIT, tlsRootCertificates);
    }

    Workshop(Path directory, Duration lockWait) {
        this(directory, lockWait, null);
    }

    private Workshop(Path directory, Duration lockWait, @Nullable Path tlsRootCertificates) {
        this.directory = directory;
        this.tlsRootCertificates = tlsRootCertificates;
        settings =
                new DumpSettings(List.of(), DataSize.ofMegabytes(256), 8, lockWait, 3, 1, directory.resolve("private"));
        clients = new InstalledPgClients(new ClientDirectories(settings), probe);
    }

    /** Dumps in the way that the worker would choose. */
    Dumper dumper() {
        return dumper(new DumpPlans(settings, probe));
    }

    /** Dumps in a given way, whatever the size of the database. */
    Dumper dumper(DumpPlan plan) {
        return dumper(new DumpPlans(settings, probe) {
            @Override
            DumpPlan planFor(DumpRequest request) {
                return plan;
            }
        });
    }

    private Dumper dumper(DumpPlans plans) {
        return dumper(plans, OutboundGuard.standard());
    }

    /** With names that mean what a test says. */
    Dumper dumper(OutboundGuard guard) {
        return dumper(new DumpPlans(settings, probe), guard);
    }

    /** With tools started by another launcher. */
    Dumper dumper(ToolLauncher launcher) {
        return dumper(new DumpPlans(settings, probe), OutboundGuard.standard(), launcher);
    }

    private Dumper dumper(DumpPlans plans, OutboundGuard guard) {
        return dumper(plans, guard, launcher);
    }

    private Dumper dumper(DumpPlans plans, OutboundGuard guard, ToolLauncher launcher) {
        var tools = new DumpTools(
                launcher, new DumpFailures(SourceServer.sources(tlsRootCertificates, guard)), new Globals(launcher));
        return new PgDump(
                settings,
                plans,
                new PrivateDirectories(settings),
                SourceServer.tlsRoots(tlsRootCertificates),
                tools,
                guard);
    }

    Path output() throws IOException {
        return Files.createDirectories(directory.resolve("output"));
    }

    DumpRequest request(SourceAccess access) throws IOException {
        return new DumpRequest(access, clients.forServer(15), facts(access), output());
    }

    /** With a client that a test wrote itself. */
    DumpRequest request(SourceAccess access, Path clientDirectory) throws IOException {
        return new DumpRequest(access, new PgClient(clientDirectory, 15, "15.0"), facts(access), output());
    }

    Failure failureOf(Dumper dumper, DumpRequest request) {
        return Optional.ofNullable(catchThrowableOfType(
                        BackupException.class, () -> dumper.dump(request, (bytes, tables) -> {}, log, stop)))
                .orElseThrow(() -> new AssertionError("the dump did not fail"))
                .failure();
    }

    /** Writes a client of shell scripts. */
    static Path client(Path directory, String pgDump) throws IOException {
        Files.createDirectories(directory);
        script(directory.resolve("pg_dump"), pgDump);
        script(directory.resolve("pg_restore"), "exit 0");
        return directory;
    }

    static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static Failure cancelled() {
        return Failure.of(FailureCode.CANCELLED, "cancelled", "by the test", Map.of());
    }

    /** Our tools' processes that run now. */
    static List<ProcessHandle> tools() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("pg_dump"))
                .toList();
    }

    private ServerFacts facts(SourceAccess access) {
        try (var session = SourceServer.sources(tlsRootCertificates).open(access, new StopSignal())) {
            return session.facts();
        }
    }

    @Override
    public void close() {
        launcher.close();
    }
}
