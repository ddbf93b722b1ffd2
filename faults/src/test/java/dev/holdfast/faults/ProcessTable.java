package dev.holdfast.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What everybody on the machine can see of processes: looked at all the time for a secret, and on demand for leftovers. */
final class ProcessTable implements AutoCloseable {
    private static final Path PROC = Path.of("/proc");
    private static final long PERIOD_MILLIS = 200;
    /** How often a process is looked at: it gets arguments and environment within moments of its start, and keeps them. */
    private static final int LOOKS = 20;

    private final String secret;
    private final Set<String> caught = ConcurrentHashMap.newKeySet();
    private final Map<Path, Integer> looks = new HashMap<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("process-table").factory());

    private ProcessTable(String secret) {
        this.secret = secret;
    }

    /** Begins to look for a secret in arguments and environments. */
    static ProcessTable watchedFor(String secret) {
        var table = new ProcessTable(secret);
        table.watch.scheduleWithFixedDelay(table::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return table;
    }

    /** Where the secret was seen since the watch began. */
    Set<String> caught() {
        return Set.copyOf(caught);
    }

    /** The tools that run on behalf of an installation, known by the private files that they were given. */
    static List<String> toolsOf(Path installation) {
        try (var processes = numbered()) {
            return processes
                    .filter(process -> read(process.resolve("environ")).contains("PGSERVICEFILE=" + installation))
                    .map(process -> process.getFileName() + " "
                            + read(process.resolve("cmdline")).replace('\0', ' '))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The ids of those that dump. */
    static List<Long> dumpsOf(Path installation) {
        return toolsOf(installation).stream()
                .filter(line -> line.contains("pg_dump ") && !line.contains("setpriv"))
                .map(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
                .toList();
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }

    private void look() {
        try (var processes = numbered()) {
            var there = processes.toList();
            looks.keySet().retainAll(Set.copyOf(there));
            there.stream()
                    .filter(process -> looks.merge(process, 1, Integer::sum) <= LOOKS)
                    .forEach(this::look);
        } catch (IOException e) {
            caught.add("the process table can't be read: " + e);
        }
    }

    private void look(Path process) {
        Stream.of("cmdline", "environ")
                .map(process::resolve)
                .filter(file -> read(file).contains(secret))
                .forEach(file ->
                        caught.add(file + ": " + read(process.resolve("comm")).strip()));
    }

    private static Stream<Path> numbered() throws IOException {
        return Files.list(PROC)
                .filter(entry ->
                        Character.isDigit(entry.getFileName().toString().charAt(0)));
    }

    /** Empty where the process has gone meanwhile. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
