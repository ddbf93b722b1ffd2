package dev.holdfast.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code ./holdfast up} runs in the background. SIGTERM ends it; {@link RunFiles} tell the launcher how far it is. */
@Command(name = "standalone")
public final class Standalone implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(Standalone.class);

    @Option(names = "--data", required = true)
    private Path directory = Path.of("data");

    @Option(names = "--port")
    private int port = 8080;

    private @Nullable Instance instance;

    private Standalone() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Standalone()).execute(args));
    }

    /** Returns only when it could not start; a running instance ends by a signal. */
    @Override
    public Integer call() throws InterruptedException {
        try {
            var data = new DataDirectory(Files.createDirectories(directory).toRealPath());
            data.prepare();
            try (var lock = InstanceLock.take(data)) {
                return run(data);
            }
        } catch (IOException | StartFailure e) {
            System.err.println(StartProblem.inOneLine(e));
            return 1;
        }
    }

    private int run(DataDirectory data) throws InterruptedException {
        FileLogging.start(data);
        var files = new RunFiles(data);
        files.pid(ProcessHandle.current().pid());
        // Before anything is started: a SIGTERM half-way must not leave the database behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(files), "shutdown"));
        if (!start(data, files)) {
            return 1;
        }
        new CountDownLatch(1).await();
        return 0;
    }

    private synchronized boolean start(DataDirectory data, RunFiles files) {
        try {
            instance = Instance.start(data, port, part -> files.state("starting: " + part));
            files.port(port);
            files.state("ready");
            log.info("ready on http://127.0.0.1:{}, for programs on this machine alone; data in {}", port, data.root());
            return true;
        } catch (IOException | RuntimeException e) {
            log.error("could not start", e);
            files.state("failed: " + StartProblem.inOneLine(e));
            return false;
        }
    }

    /** Waits for a start that is under way: what is half started can't be stopped. */
    private synchronized void stop(RunFiles files) {
        if (instance == null) {
            files.clear(true);
            return;
        }
        files.state("stopping");
        log.info("stopping");
        instance.close();
        log.info("stopped");
        files.clear(false);
    }
}
