package dev.holdfast.standalone;

import dev.holdfast.api.ApiService;
import dev.holdfast.embedded.EmbeddedBroker;
import dev.holdfast.embedded.FreePort;
import dev.holdfast.notification.NotificationService;
import dev.holdfast.worker.BackupWorker;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One running Holdfast. Three application contexts without a common parent, so that no service sees beans here that it will not have
 * when it runs alone.
 */
final class Instance implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Instance.class);
    private static final int ANY_PORT = 0;

    private final DataDirectory data;
    private final Consumer<String> progress;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private Instance(DataDirectory data, Consumer<String> progress) {
        this.data = data;
        this.progress = progress;
    }

    /**
     * Starts everything and returns when the API is ready. When a part does not start, those before it are stopped again.
     *
     * @param progress hears the name of the part that is being started
     */
    static Instance start(DataDirectory data, int port, Consumer<String> progress) throws IOException {
        var instance = new Instance(data, progress);
        try {
            instance.startParts(port);
            return instance;
        } catch (IOException | RuntimeException e) {
            instance.close();
            throw e;
        }
    }

    /** The services one after another: contexts that start in parallel race in Logback, and gain little on two cores. */
    private void startParts(int port) throws IOException {
        progress.accept("database and broker");
        var password = PrivatePassword.of(data);
        var token = PrivatePassword.betweenServices(data);
        var startingBroker =
                CompletableFuture.supplyAsync(() -> EmbeddedBroker.durable(data.broker(), FreePort.find(), password));
        StateDatabase database;
        EmbeddedBroker broker;
        try {
            database = closedLater(StateDatabase.start(data, password));
        } finally {
            broker = closedLater(startingBroker.join());
        }
        closedLater(BrokerUrl.leave(data, broker));

        int notification = run(
                "notification",
                NotificationService.application(),
                ServiceArguments.of(database, "notification", broker, token, ANY_PORT));
        int worker = run(
                "worker",
                BackupWorker.application(),
                ServiceArguments.of(database, "worker", broker, token, ANY_PORT)
                        .with("holdfast.storage.root", data.backups())
                        // Also where the machine is a container: none of ours, so nothing of Docker mends its
                        // directories.
                        .with("holdfast.place.kind", "plain")
                        .with("holdfast.seal.identity-file", data.workerKey())
                        // One by one: a path may have a comma.
                        .with("holdfast.media.leave-out[0]", data.keys())
                        .with("holdfast.media.leave-out[1]", data.postgres())
                        .with("holdfast.media.leave-out[2]", data.broker())
                        // Where passwords are for as long as a dump takes.
                        .with("holdfast.media.leave-out[3]", data.run()));
        int api = run(
                "API",
                ApiService.application(),
                ServiceArguments.of(database, "api", broker, token, port)
                        // The audit log is append-only for this role, which it could not be for a superuser.
                        .but("spring.datasource.username", database.serviceRole("api"))
                        .with("spring.flyway.user", database.username())
                        .with("spring.flyway.password", database.password())
                        .with("holdfast.access.local-token", PrivatePassword.localToken(data))
                        .with("holdfast.access.first-run-file", data.firstRun())
                        .with("holdfast.seal.recipient-file", data.workerRecipient())
                        .with("holdfast.worker.url", "http://127.0.0.1:" + worker)
                        .with("holdfast.notification.url", "http://127.0.0.1:" + notification));
        progress.accept("last checks");
        Readiness.await(api);
    }

    private int run(String name, SpringApplicationBuilder application, ServiceArguments arguments) {
        progress.accept(name);
        var context = closedLater(application
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .run(arguments.toArray()));
        return localPort(context);
    }

    private static int localPort(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private <T extends AutoCloseable> T closedLater(T part) {
        parts.push(part);
        return part;
    }

    /** The last started first, each whatever the ones before it did: the database stops when nothing writes to it any more. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            var part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                log.error("{} did not stop cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }
}
