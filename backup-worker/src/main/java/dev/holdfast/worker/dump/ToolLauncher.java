package dev.holdfast.worker.dump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Starts the client tools: no shell, no environment but the given one, and dead when the worker dies. The kernel sends the death
 * signal when the <em>thread</em> that forked ends, so all forks happen on one platform thread that lives as long as the worker.
 */
@Component
public class ToolLauncher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ToolLauncher.class);
    private static final List<Path> SETPRIV = List.of(Path.of("/usr/bin/setpriv"), Path.of("/bin/setpriv"));

    private final ExecutorService forks = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("holdfast-tools").factory());
    private final List<String> prefix;

    public ToolLauncher() {
        prefix = SETPRIV.stream()
                .filter(Files::isExecutable)
                .map(setpriv -> List.of(setpriv.toString(), "--pdeathsig", "KILL"))
                .filter(this::works)
                .findFirst()
                .orElse(List.of());
        if (prefix.isEmpty()) {
            LOG.info(
                    "there is no setpriv that knows --pdeathsig: if the worker is killed, a tool may run on until its pipe breaks");
        }
    }

    /** Starts a tool; its standard input is empty. */
    Process start(List<String> command, Map<String, String> environment) throws IOException {
        return start(command, environment, ProcessBuilder.Redirect.PIPE);
    }

    /**
     * The same with somewhere else for its standard output to go.
     *
     * @throws IOException when it can't be started; one that is missing or may not be executed need not throw, and ends at once
     */
    public Process start(List<String> command, Map<String, String> environment, ProcessBuilder.Redirect output)
            throws IOException {
        var whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return fork(whole, environment, output);
    }

    @Override
    public void close() {
        forks.shutdown();
    }

    private boolean works(List<String> setpriv) {
        var probe = new ArrayList<>(setpriv);
        probe.add("true");
        try {
            var process = fork(probe, ToolEnvironment.minimal(), ProcessBuilder.Redirect.PIPE);
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Process fork(List<String> command, Map<String, String> environment, ProcessBuilder.Redirect output)
            throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectOutput(output);
        try {
            return forks.submit(builder::start).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io
                    ? io
                    : new IOException("the tool could not be started", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a tool was being started", e);
        }
    }
}
