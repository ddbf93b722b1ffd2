package dev.holdfast.faults;

import static java.util.Map.entry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A whole Holdfast: api-service, notification-service and workers as processes, on a virtual host and in a database of its own. What
 * it says and keeps lies below {@code target/installations}, also after it has gone.
 */
final class Installation implements AutoCloseable {
    /** How many backups of the sources' server run at once, whichever workers run them. */
    static final int PER_SERVER = 5;

    /** Of a worker: a lease of 3 s. */
    static final String HEARTBEAT = "500ms";

    /** After which a dump that writes nothing is stopped. */
    static final String STALL_TIMEOUT = "6s";

    private static final String FIRST_WORKER = "worker-1";

    private final String name;
    private final Servers servers;
    private final Path directory;
    private final ServiceProcess api;
    private final ServiceProcess notification;
    private final Map<String, Worker> workers = new HashMap<>();
    private final Rest rest;
    private final Subscriber subscriber;

    /** Makes one that does not run yet. */
    Installation(String name, Servers servers) {
        this.name = name;
        this.servers = servers;
        directory = Path.of("target", "installations", name).toAbsolutePath();
        try {
            FileSystemUtils.deleteRecursively(directory);
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        servers.database().create(databaseName());
        servers.broker().ctl("add_vhost", name);
        servers.broker().ctl("set_permissions", "-p", name, servers.broker().username(), ".*", ".*", ".*");
        notification = service("notification-service", "notification-service", Map.of());
        workers.put(FIRST_WORKER, newWorker(FIRST_WORKER));
        api = service(
                "api-service",
                "api-service",
                Map.of(
                        "HOLDFAST_ACCESS_LOCALTOKEN",
                        Rest.TOKEN,
                        "HOLDFAST_SEAL_RECIPIENTFILE",
                        key() + ".pub",
                        "HOLDFAST_WORKER_URL",
                        "http://127.0.0.1:" + worker().process().port(),
                        "HOLDFAST_NOTIFICATION_URL",
                        "http://127.0.0.1:" + notification.port(),
                        "HOLDFAST_RECALL_AFTER",
                        "5s",
                        "HOLDFAST_RECALL_EVERY",
                        "1s"));
        rest = new Rest(api.port());
        subscriber = new Subscriber(servers.broker(), name);
    }

    /** Starts what does not run: api, notification and the first worker. */
    Installation start() {
        notification.start();
        worker().process().start();
        api.start();
        notification.awaitReady();
        worker().process().awaitReady();
        api.awaitReady();
        subscriber.bind();
        return this;
    }

    Servers servers() {
        return servers;
    }

    Sources sources() {
        return servers.sources();
    }

    Broker broker() {
        return servers.broker();
    }

    Rest rest() {
        return rest;
    }

    /** Gets a copy of every event. */
    Subscriber subscriber() {
        return subscriber;
    }

    ServiceProcess api() {
        return api;
    }

    ServiceProcess notification() {
        return notification;
    }

    /** The first worker, which every row finds running. */
    Worker worker() {
        return worker(FIRST_WORKER);
    }

    /** A worker by its name; a new one does not run yet. */
    Worker worker(String workerName) {
        return workers.computeIfAbsent(workerName, this::newWorker);
    }

    List<Worker> workers() {
        return List.copyOf(workers.values());
    }

    List<ServiceProcess> processes() {
        return Stream.concat(
                        Stream.of(api, notification), workers.values().stream().map(Worker::process))
                .toList();
    }

    /** A small database as a source; returns its name. */
    String smallSource(String source) {
        return haveSource(source, () -> sources().small(source));
    }

    /** So many sources, of one small database: backups of the same one run one at a time. */
    List<String> smallSources(int count) {
        smallSource("shop");
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> {
                    rest.source("shop-" + n, "shop", sources().network().port());
                    return "shop-" + n;
                })
                .toList();
    }

    /** A database of so many megabytes as a source; returns its name. */
    String bulkySource(String source, int megabytes) {
        return haveSource(source, () -> sources().bulky(source, megabytes));
    }

    /** A database of its own making as a source; returns its name. */
    String source(String source, String tables) {
        return haveSource(source, () -> sources().create(source, tables));
    }

    private String haveSource(String source, Runnable create) {
        if (sources()
                .column("postgres", "select 1 from pg_database where datname = '" + source + "'")
                .isEmpty()) {
            create.run();
        }
        rest.source(source, source, sources().network().port());
        return source;
    }

    /** The volume of the backups. */
    Path storage() {
        return directory.resolve("backups");
    }

    Path directory() {
        return directory;
    }

    String virtualHost() {
        return name;
    }

    String databaseName() {
        return "holdfast_" + name.replace('-', '_');
    }

    /** What a query finds in this installation's database; tables by schema and name. */
    List<String> column(String sql) {
        return servers.database().column(databaseName(), sql);
    }

    /** Every fault ends, what had died is started again, and workers beyond the first go. */
    void recover() {
        servers.broker().recover();
        servers.database().recover();
        sources().network().heal();
        workers.values().forEach(Worker::pardon);
        processes().forEach(ServiceProcess::heal);
        start();
    }

    /** Ends all workers but the first. */
    void dismissWorkers() {
        for (var extra : List.copyOf(workers.keySet())) {
            if (!extra.equals(FIRST_WORKER)) {
                workers.remove(extra).close();
            }
        }
    }

    @Override
    public void close() {
        subscriber.close();
        processes().forEach(ServiceProcess::close);
    }

    private Worker newWorker(String workerName) {
        var process = service(
                workerName,
                "backup-worker",
                Map.ofEntries(
                        entry("HOLDFAST_STORAGE_ROOT", storage().toString()),
                        entry("HOLDFAST_SEAL_IDENTITYFILE", key().toString()),
                        entry("HOLDFAST_RUN_WORKERNAME", workerName),
                        entry("HOLDFAST_RUN_HEARTBEAT", HEARTBEAT),
                        // Four attempts within 10 s.
                        entry("HOLDFAST_RUN_FIRSTRETRY", "500ms"),
                        entry("HOLDFAST_RUN_PERSERVER", Integer.toString(PER_SERVER)),
                        entry("HOLDFAST_RUN_STALLTIMEOUT", STALL_TIMEOUT),
                        entry("HOLDFAST_RUN_YIELDAFTER", "3s"),
                        entry("HOLDFAST_DUMP_LOCKWAITTIMEOUT", "2s"),
                        entry("DBSCHEDULER_POLLINGINTERVAL", "500ms"),
                        entry(
                                "HOLDFAST_DUMP_RUNDIRECTORY",
                                directory.resolve("run").toString())));
        return Worker.of(process, directory);
    }

    private Path key() {
        return directory.resolve("keys").resolve("worker.age");
    }

    private ServiceProcess service(String process, String module, Map<String, String> settings) {
        var environment = new HashMap<>(settings);
        environment.put("HOLDFAST_INTERNAL_TOKEN", "a-token-between-the-services-of-" + name);
        environment.put("SPRING_DATASOURCE_USERNAME", Database.USERNAME);
        environment.put("SPRING_DATASOURCE_PASSWORD", Database.PASSWORD);
        environment.put("SPRING_RABBITMQ_VIRTUALHOST", name);
        environment.put("SPRING_RABBITMQ_USERNAME", servers.broker().username());
        environment.put("SPRING_RABBITMQ_PASSWORD", servers.broker().password());
        var made = new ServiceProcess(process, module, directory, environment, servers);
        var schema = module.replaceAll("-service|backup-", "");
        return made.set(
                "SPRING_DATASOURCE_URL",
                "jdbc:postgresql://127.0.0.1:%d/%s?currentSchema=%s"
                        .formatted(made.database().port(), databaseName(), schema));
    }

    @Override
    public String toString() {
        var all = new ArrayList<String>();
        for (var process : processes()) {
            all.add("---- " + process.logFile() + "\n" + process.lastLines(15));
        }
        return String.join("\n", all);
    }
}
