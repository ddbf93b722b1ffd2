package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** Holdfast beside plain pg_dump, on the same machine, server, database and client, alternating, in one run. */
public final class Benchmark {
    private static final String DATABASE = "mixed";

    private final Options options;
    private final SourceServer server;
    private final List<Double> plainSeconds = new ArrayList<>();
    private final List<Double> ourSeconds = new ArrayList<>();
    private long plainBytes;
    private long ourBytes;

    private Benchmark(Options options, SourceServer server) {
        this.options = options;
        this.server = server;
    }

    public static void main(String[] arguments) throws Exception {
        var options = Options.parse(arguments);
        try (var server = SourceServer.start(options.clients(), options.work())) {
            new Benchmark(options, server).run();
        } finally {
            if (options.keep()) {
                System.out.println("left behind: " + options.work());
            } else {
                Commands.run("rm", "-rf", options.work().toString());
            }
        }
        System.exit(0);
    }

    private void run() throws Exception {
        describe();
        Instance.up(options).value().close(); // the first start of all makes its databases
        var up = Instance.up(options);
        System.out.printf("up of a built tree, ready after      %6.1f s      (at most 12)%n", up.seconds());
        try (var holdfast = up.value()) {
            smallBackups(holdfast);
            var source = holdfast.source("mixed", server, DATABASE);
            memory(holdfast, source); // warms up both, too: it is not timed
            for (int round = 1; round <= options.rounds(); round++) {
                round(holdfast, source, round);
            }
        }
        System.out.printf(
                "%nmedian ratio of time %.2f, ratio of size %.3f%n",
                median(ourSeconds) / median(plainSeconds), (double) ourBytes / plainBytes);
    }

    private void describe() throws Exception {
        var version = Commands.run(options.clients().resolve("pg_dump").toString(), "--version").strip();
        System.out.println("Making a database of about " + options.size() + " GB …");
        server.create("small");
        server.create(DATABASE);
        try (var connection = server.connect(DATABASE)) {
            MixedDatabase.fill(connection, options.size());
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("select pg_database_size(current_database()), current_setting('server_version')")) {
                row.next();
                System.out.printf("%s, server %s, database %,d MB, %d cores%n%n", version, row.getString(2),
                        row.getLong(1) / 1_000_000, Runtime.getRuntime().availableProcessors());
            }
        }
    }

    private void smallBackups(Instance holdfast) throws Exception {
        if (options.small() == 0) {
            return;
        }
        try (var connection = server.connect("small"); var statement = connection.createStatement()) {
            statement.execute("create table t as select i from generate_series(1, 1000) i");
        }
        var source = holdfast.source("small", server, "small");
        for (int i = 0; i < 5; i++) {
            holdfast.backup(source);
        }
        List<Double> recorded = new ArrayList<>();
        List<Double> seen = new ArrayList<>();
        for (int i = 0; i < options.small(); i++) {
            double millis = holdfast.startedAfterMillis(source);
            if (millis >= 0) {
                seen.add(millis);
            }
            recorded.add(startDelayMillis(holdfast.newest()));
        }
        System.out.printf("requestedAt to startedAt, median     %6.0f ms     (%d backups, largest %.0f)%n", median(recorded), recorded.size(), max(recorded));
        System.out.printf("POST to backup.started in GET /events%6.0f ms     (at most 150 at the median; %d seen, largest %.0f)%n", median(seen), seen.size(), max(seen));
    }

    private static double startDelayMillis(JsonNode backup) {
        var requested = Instant.parse(backup.path("requestedAt").asString(""));
        var started = Instant.parse(backup.path("startedAt").asString(""));
        return Duration.between(requested, started).toNanos() / 1e6;
    }

    /** A backup that is not timed, because the collections that show its live heap take time. */
    private void memory(Instance holdfast, String source) throws Exception {
        long before = holdfast.liveHeapKilobytes();
        var most = new AtomicLong();
        var resident = new AtomicLong();
        var running = new AtomicBoolean(true);
        var sampler = Thread.ofPlatform().start(() -> {
            try {
                while (running.get()) {
                    most.accumulateAndGet(holdfast.liveHeapKilobytes(), Math::max);
                    resident.accumulateAndGet(holdfast.residentKilobytes(), Math::max);
                    Thread.sleep(200);
                }
            } catch (Exception e) {
                System.out.println("no memory figures: " + e.getMessage());
            }
        });
        holdfast.backup(source);
        running.set(false);
        sampler.join();
        System.out.printf("live heap before, at most, for a dump %5d MB %5d MB %5d MB (at most 64)%n", before >> 10, most.get() >> 10, (most.get() - before) >> 10);
        System.out.printf("resident memory of the JVM, at most  %6d MB%n%n", resident.get() >> 10);
    }

    private void round(Instance holdfast, String source, int round) throws Exception {
        var file = options.work().resolve("plain.dump");
        long before = System.nanoTime();
        Commands.run(server.environment(), List.of(
                options.clients().resolve("pg_dump").toString(), "-Fc", "-f", file.toString(), DATABASE));
        double plain = Instance.seconds(before);
        plainBytes = Files.size(file);
        Files.delete(file);

        var backup = holdfast.backup(source);
        ourBytes = 0;
        backup.value().path("artifacts").forEach(artifact -> {
            if (artifact.path("file").asString("").startsWith("database")) {
                ourBytes += artifact.path("sizeBytes").asLong(0);
            }
        });
        plainSeconds.add(plain);
        ourSeconds.add(backup.seconds());
        System.out.printf("round %d   pg_dump -Fc %6.1f s %,14d bytes   Holdfast %6.1f s %,14d bytes   time x %.2f   size x %.3f%n",
                round, plain, plainBytes, backup.seconds(), ourBytes, backup.seconds() / plain, (double) ourBytes / plainBytes);
        Commands.run("rm", "-rf", backup.value().path("path").asString("/nonexistent"));
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }

    private static double max(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }
}
