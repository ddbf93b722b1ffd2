package dev.holdfast.worker.dump;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.outbound.OutboundGuard;
import dev.holdfast.worker.source.SourceFailures;
import dev.holdfast.worker.source.TlsRoots;
import dev.holdfast.worker.step.RunLog;
import dev.holdfast.worker.step.StopSignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Dumps with {@code pg_dump}, in the way that the plan says. */
@Component
class PgDump implements Dumper {
    private final DumpSettings settings;
    private final DumpPlans plans;
    private final PrivateDirectories directories;
    private final TlsRoots tlsRoots;
    private final DumpTools tools;
    private final OutboundGuard guard;

    PgDump(
            DumpSettings settings,
            DumpPlans plans,
            PrivateDirectories directories,
            TlsRoots tlsRoots,
            DumpTools tools,
            OutboundGuard guard) {
        this.settings = settings;
        this.plans = plans;
        this.directories = directories;
        this.tlsRoots = tlsRoots;
        this.tools = tools;
        this.guard = guard;
    }

    @Override
    public void dump(DumpRequest request, DumpListener listener, RunLog log, StopSignal stop) {
        stop.check();
        var plan = plans.planFor(request);
        log.info("pg_dump %s: %s, %d jobs, compression %s"
                .formatted(request.client().version(), plan.way(), plan.jobs(), plan.compression()));
        try (var connection =
                PrivateConnection.create(directories, request.access(), addresses(request), tlsRoots.file())) {
            dump(request, plan, connection, new DumpProgress(listener), log, stop);
            tools.globals().dump(request, connection, log, stop);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(request, FailureCode.UNEXPECTED, "the worker was interrupted during the dump", e.toString());
        }
    }

    /** Looked up once for all of the tool's connections, which look nothing up themselves. */
    private List<InetAddress> addresses(DumpRequest request) {
        var source = request.access().connection();
        try {
            return guard.addresses(source.host());
        } catch (UnknownHostException e) {
            throw new SourceFailures(source).withoutAddress(e);
        }
    }

    private void dump(
            DumpRequest request,
            DumpPlan plan,
            PrivateConnection connection,
            DumpProgress progress,
            RunLog log,
            StopSignal stop)
            throws InterruptedException {
        var sink = DumpSink.of(plan, request.directory());
        var lines = new ToolLines(log, progress::heard);
        try (var tool = new RunningTool(start(request, sink, connection), lines, stop)) {
            sink.receive(tool, progress, stop);
            var code = tool.exitCode();
            stop.check();
            if (code != 0) {
                throw tools.failures().classify(request, code, tool.complaint(), stop);
            }
        }
        var flaw = sink.flaw();
        if (flaw.isPresent()) {
            throw failure(
                    request,
                    FailureCode.ARTIFACT_INVALID,
                    "pg_dump ended without an error, but " + flaw.get(),
                    flaw.get());
        }
        progress.complete();
    }

    private Process start(DumpRequest request, DumpSink sink, PrivateConnection connection) {
        var command = new ArrayList<>(List.of(
                request.client().pgDump().toString(),
                "--no-password",
                "--verbose",
                "--lock-wait-timeout=" + settings.lockWaitTimeout().toMillis(),
                "--dbname=" + connection.uri()));
        command.addAll(sink.arguments());
        if (!Files.isExecutable(request.client().pgDump())) {
            throw ToolFailures.missing(
                    request.client().pgDump(), request.facts().majorVersion(), "it is gone, or may not be executed");
        }
        try {
            return tools.launcher().start(command, connection.environment());
        } catch (IOException e) {
            throw ToolFailures.notStarted(
                    request.client().pgDump(), request.facts().majorVersion(), e);
        }
    }

    private static BackupException failure(DumpRequest request, FailureCode code, String summary, String detail) {
        return new SourceFailures(request.access().connection()).of(code, summary, detail);
    }
}
