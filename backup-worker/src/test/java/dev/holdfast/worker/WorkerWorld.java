package dev.holdfast.worker;

import dev.holdfast.common.event.BackupEvent;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.event.SslMode;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import dev.holdfast.common.id.Uuids;
import dev.holdfast.common.messaging.EventCodec;
import dev.holdfast.embedded.EmbeddedBroker;
import dev.holdfast.embedded.EmbeddedPostgres;
import dev.holdfast.worker.secret.Sealing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A broker, a database server that also plays the sources, a volume, and a subscriber that hears every event. */
final class WorkerWorld implements AutoCloseable {
    static final String TOKEN = "a-token-between-the-services-for-tests";
    static final String ROLE = "app";
    static final String PASSWORD = "hunter2 'p%w\"d\\";

    final EmbeddedBroker broker = EmbeddedBroker.inMemory();
    final EmbeddedPostgres server = EmbeddedPostgres.temporary();
    final List<EventEnvelope> heard = new CopyOnWriteArrayList<>();
    final Path volume;
    final SourceId source = SourceId.next();

    private final Path keyFile;
    private final EventCodec codec = new EventCodec(new SimpleMeterRegistry());
    private final CachingConnectionFactory connections = new CachingConnectionFactory("127.0.0.1", broker.port());
    private final SimpleMessageListenerContainer subscriber = new SimpleMessageListenerContainer(connections);

    WorkerWorld(Path directory) throws SQLException {
        volume = directory.resolve("backups");
        keyFile = directory.resolve("keys/worker.key");
        connections.setUsername(broker.username());
        connections.setPassword(broker.password());
        server.createDatabase("holdfast");
        try (var connection = server.dataSource("postgres").getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create role app login password " + statement.enquoteLiteral(PASSWORD));
        }
    }

    /** How any worker of this world is started. */
    List<String> arguments(String... more) {
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + server.jdbcUrl("holdfast") + "?currentSchema=worker",
                "--spring.datasource.username=" + server.username(),
                "--spring.datasource.password=" + server.password(),
                "--spring.rabbitmq.host=127.0.0.1",
                "--spring.rabbitmq.port=" + broker.port(),
                "--spring.rabbitmq.username=" + broker.username(),
                "--spring.rabbitmq.password=" + broker.password(),
                "--holdfast.internal.token=" + TOKEN,
                "--holdfast.storage.root=" + volume,
                "--holdfast.seal.identity-file=" + keyFile));
        arguments.addAll(List.of(more));
        return arguments;
    }

    ConfigurableApplicationContext start(String... more) {
        var context = BackupWorker.application()
                .registerShutdownHook(false)
                .run(arguments(more).toArray(String[]::new));
        subscribe();
        return context;
    }

    /** From here on {@link #heard} grows; the queue keeps what comes before. */
    void subscribe() {
        if (!subscriber.isRunning()) {
            subscriber.setQueueNames("holdfast.events.notification");
            subscriber.setMissingQueuesFatal(false);
            subscriber.setMessageListener(message -> {
                var properties = message.getMessageProperties();
                var received = org.springframework.messaging.support.MessageBuilder.withPayload(message.getBody())
                        .copyHeaders(properties.getHeaders())
                        .setHeader("contentType", properties.getContentType())
                        .build();
                codec.decode(received).ifPresent(heard::add);
            });
            subscriber.start();
        }
    }

    /** A database that the role owns, with two tables and rows in them. */
    void createSource(String database) throws SQLException {
        try (var connection = server.dataSource("postgres").getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database \"" + database.replace("\"", "\"\"") + '"');
        }
        try (var connection = server.dataSource(database).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("grant all on schema public to app; set role app");
            statement.execute("create table orders (id int primary key, note text, data jsonb)");
            statement.execute("create table \"Ünusual \"\"name\"\"\" (id int)");
            statement.execute(
                    "insert into orders select i, 'note ' || i, '{\"a\": 1}' from generate_series(1, 1000) i");
        }
    }

    BackupRequested request(String database, int attempt) throws Exception {
        return request(database, PASSWORD, server.port(), attempt);
    }

    BackupRequested request(String database, String password, int port, int attempt) throws Exception {
        return new BackupRequested(
                BackupId.next(),
                source,
                "shop",
                attempt,
                "Test Backup",
                "before the release",
                BackupType.FULL,
                false,
                List.of(),
                new SourceConnection("127.0.0.1", port, database, ROLE, SslMode.PREFER),
                Sealing.seal(password, recipientFile()),
                Map.of("version", "1.2.3"));
    }

    Path recipientFile() {
        return keyFile.resolveSibling("worker.key.pub");
    }

    void publish(BackupEvent event) {
        publish(envelope(event));
    }

    /** The event as the api-service would tell it: each time another one about the same. */
    EventEnvelope envelope(BackupEvent event) {
        return new EventEnvelope(
                Uuids.next(), "/holdfast/api-service", Instant.now(), System.currentTimeMillis() * 1_000, event);
    }

    void publish(EventEnvelope event) {
        var message = codec.encode(event);
        publish(event.type().routingKey(), message.getHeaders(), message.getPayload());
    }

    /** Sends bytes in the place of an event. */
    void publishInstead(EventEnvelope event, byte[] body) {
        publish(event.type().routingKey(), codec.encode(event).getHeaders(), body);
    }

    private void publish(String routingKey, Map<String, Object> headers, byte[] body) {
        var amqp = MessageBuilder.withBody(body).setContentType("application/json");
        headers.forEach((name, value) -> {
            if (name.startsWith("cloudEvents:")) {
                amqp.setHeader(name, value);
            }
        });
        new RabbitTemplate(connections).send("holdfast.events", routingKey, amqp.build());
    }

    /** Makes the worker's own database one that can only be read, as a standby is, or ends that. */
    void readOnly(boolean on) throws SQLException {
        try (var connection = server.dataSource("postgres").getConnection();
                var statement = connection.createStatement()) {
            statement.execute("alter database holdfast set default_transaction_read_only = " + on);
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'holdfast'");
        }
    }

    /** Takes what the worker has set aside; null when there is nothing. */
    Message setAside() {
        return new RabbitTemplate(connections).receive("holdfast.events.worker.dlq", 10_000);
    }

    /** What waits in the worker's queue or is at its consumer has been handled when this is zero. */
    long waiting() {
        return new RabbitAdmin(connections)
                .getQueueInfo("holdfast.events.worker")
                .getMessageCount();
    }

    <T extends BackupEvent> List<T> heard(BackupId id, Class<T> type) {
        return heard.stream()
                .map(EventEnvelope::data)
                .filter(event -> event.subject().equals(id.toString()) && type.isInstance(event))
                .map(type::cast)
                .toList();
    }

    JdbcClient workerDatabase() {
        var dataSource = server.dataSource("holdfast");
        ((PGSimpleDataSource) dataSource).setCurrentSchema("worker");
        return JdbcClient.create(dataSource);
    }

    /** Holds a lock that pg_dump waits for, until it is closed. */
    Connection lockTable(String database) throws SQLException {
        return lockTable(database, "orders");
    }

    Connection lockTable(String database, String table) throws SQLException {
        var connection = server.dataSource(database).getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("lock table " + table + " in access exclusive mode");
        }
        return connection;
    }

    /** Sessions that Holdfast has open on the server, other than for its own state. */
    long sessions() {
        return JdbcClient.create(server.dataSource("postgres"))
                .sql(
                        "select count(*) from pg_stat_activity where application_name like 'holdfast%' and datname <> 'holdfast'")
                .query(Long.class)
                .single();
    }

    long waitingForLocks() {
        return JdbcClient.create(server.dataSource("postgres"))
                .sql("select count(*) from pg_locks where not granted")
                .query(Long.class)
                .single();
    }

    /** What lies in the staging directory. */
    List<Path> staged() {
        try (var files = Files.list(volume.resolve(".part"))) {
            return files.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directories that hold sealed backups. */
    List<Path> sealed() throws IOException {
        if (!Files.isDirectory(volume.resolve("shop"))) {
            return List.of();
        }
        try (var files = Files.list(volume.resolve("shop"))) {
            return files.toList();
        }
    }

    @Override
    public void close() {
        subscriber.stop();
        connections.destroy();
        broker.close();
        server.close();
    }
}
