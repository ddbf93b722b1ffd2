package dev.holdfast.worker.dump;

import dev.holdfast.worker.step.RunLog;
import dev.holdfast.worker.step.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * Saves the server's roles and tablespaces beside the dump, which names them but does not hold them. A backup without them is
 * still good, so a failure is noted and no more.
 */
@Component
class Globals {
    private final ToolLauncher launcher;

    Globals(ToolLauncher launcher) {
        this.launcher = launcher;
    }

    void dump(DumpRequest request, PrivateConnection connection, RunLog log, StopSignal stop) {
        if (!Files.isExecutable(request.client().pgDumpAll())) {
            log.warn("no globals.sql: %s is missing".formatted(request.client().pgDumpAll()));
            return;
        }
        var file = request.directory().resolve("globals.sql");
        if (!succeeds(request, connection, List.of(), file, new Complaints(log::info), stop)) {
            log.info("this role may not read passwords of roles: globals.sql will have none");
            if (!succeeds(request, connection, List.of("--no-role-passwords"), file, new Complaints(log::warn), stop)) {
                log.warn("no globals.sql: the roles of this server are not in the backup");
            }
        }
    }

    private boolean succeeds(
            DumpRequest request,
            PrivateConnection connection,
            List<String> more,
            Path file,
            Complaints log,
            StopSignal stop) {
        stop.check();
        var command = new ArrayList<>(List.of(
                request.client().pgDumpAll().toString(),
                "--globals-only",
                "--no-password",
                "--lock-wait-timeout=10000",
                "--database=" + connection.uri(),
                "--file=" + file));
        command.addAll(more);
        var lines = new ToolLines(log, line -> {});
        try (var tool = new RunningTool(launcher.start(command, connection.environment()), lines, stop)) {
            var code = tool.exitCode();
            stop.check();
            if (code == 0 && Files.size(file) > 0) {
                return true;
            }
            Files.deleteIfExists(file);
            return false;
        } catch (IOException e) {
            log.warn("pg_dumpall could not be run: " + e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What the tool says, at most a warning: its failure is not the backup's. */
    private record Complaints(Consumer<String> lines) implements RunLog {
        @Override
        public void info(String line) {
            lines.accept(line);
        }

        @Override
        public void warn(String line) {
            lines.accept(line);
        }

        @Override
        public void error(String line) {
            lines.accept(line);
        }
    }
}
