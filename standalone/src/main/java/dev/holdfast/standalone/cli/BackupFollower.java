package dev.holdfast.standalone.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/** Stays with one backup to its end. The backup does not depend on it: whoever follows may leave at any time. */
final class BackupFollower {
    private static final Duration OUTAGE_LIMIT = Duration.ofMinutes(2);

    private final Api api;
    private final String path;
    private final String id;
    private final Progress progress;
    private final Setbacks setbacks;

    BackupFollower(Api api, String id, Progress progress) {
        this.api = api;
        this.id = id;
        this.path = "/api/v1/backups/" + id;
        this.progress = progress;
        this.setbacks = new Setbacks(api, id);
    }

    static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** Returns the exit code. */
    int follow(PrintWriter out) throws IOException, InterruptedException {
        var following = new AtomicBoolean(true);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (following.get()) {
                progress.end();
                out.println(
                        "The backup goes on without you. To watch or to cancel it:  " + api.address("/backups/" + id));
            }
        }));
        JsonNode backup;
        try (var updates = new LiveUpdates(api, id)) {
            backup = look(updates);
            while (!Outcome.isFinal(backup)) {
                progress.show(backup, setbacks.of(backup));
                updates.await();
                backup = look(updates);
            }
        }
        following.set(false);
        progress.end();
        return new Outcome(backup, api.address(path + "/log")).print(out);
    }

    /** A restart of Holdfast in between is no reason to give up: the backup goes on after it. */
    private JsonNode look(LiveUpdates updates) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + OUTAGE_LIMIT.toNanos();
        while (true) {
            try {
                return api.get(path);
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                updates.await();
            }
        }
    }
}
