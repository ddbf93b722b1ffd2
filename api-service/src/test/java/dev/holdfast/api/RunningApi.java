package dev.holdfast.api;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import dev.holdfast.embedded.EmbeddedBroker;
import dev.holdfast.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on an embedded broker and database, with a stand-in for the worker; one for all tests of a JVM. */
public final class RunningApi implements AutoCloseable {
    public static final String TOKEN = "a-token-between-the-services-for-tests";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final StandIn worker = new StandIn();
    private final EmbeddedPostgres database;
    private final EmbeddedBroker broker;
    private final KeyPair keys;
    private final ConfigurableApplicationContext context;
    private final int port;

    private RunningApi(EmbeddedPostgres database, EmbeddedBroker broker, String... settings) {
        this.database = database;
        this.broker = broker;
        this.keys = generate();
        this.context = run(settings);
        this.port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static final class Shared {
        static final RunningApi API = start();
    }

    public static RunningApi shared() {
        return Shared.API;
    }

    /** One of its own, for tests that break it. */
    public static RunningApi start(String... settings) {
        return new RunningApi(EmbeddedPostgres.temporary(), EmbeddedBroker.inMemory(), settings);
    }

    /** Another instance of the service on the same database and broker. */
    public RunningApi another(String... settings) {
        return new RunningApi(database, broker, settings);
    }

    private ConfigurableApplicationContext run(String... more) {
        var settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.jdbcUrl("postgres") + "?currentSchema=api",
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--spring.rabbitmq.port=" + broker.port(),
                "--spring.rabbitmq.username=" + broker.username(),
                "--spring.rabbitmq.password=" + broker.password(),
                "--holdfast.seal.recipient-file=" + recipientFile(),
                "--holdfast.internal.token=" + TOKEN,
                "--holdfast.worker.url=" + worker.url(),
                "--holdfast.notification.url=" + worker.url(),
                // The stand-in knows no backup, so each would be requested again.
                "--holdfast.recall.after=1d"));
        for (var setting : more) {
            // Given twice, a setting would have both values.
            settings.removeIf(known -> known.startsWith(setting.substring(0, setting.indexOf('=') + 1)));
            settings.add(setting);
        }
        return ApiService.application().registerShutdownHook(false).run(settings.toArray(String[]::new));
    }

    private Path recipientFile() {
        try {
            var file = Files.createTempFile("recipient", ".pub");
            file.toFile().deleteOnExit();
            return Files.writeString(file, keys.getPublic() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair generate() {
        try {
            return new X25519KeyPairGenerator().generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public StandIn worker() {
        return worker;
    }

    public EmbeddedPostgres database() {
        return database;
    }

    public EmbeddedBroker broker() {
        return broker;
    }

    public String identity() {
        return keys.getPrivate().toString();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public int port() {
        return port;
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Answer post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    public Answer send(String method, String path, String json, String... headers) {
        var request = HttpRequest.newBuilder(address(path));
        if (json == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(json))
                    .header("Content-Type", "application/json");
        }
        for (int at = 0; at < headers.length; at += 2) {
            request.setHeader(headers[at], headers[at + 1]);
        }
        return send(request.build());
    }

    public Answer send(HttpRequest request) {
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpClient client() {
        return client;
    }

    /** A source with a name of its own; the rest as any. */
    public String createSource(String name) {
        var created = post("/api/v1/sources", """
                {"name": %s, "host": "127.0.0.1", "port": 5432, "database": "shop", "username": "shop",
                 "password": "secret"}""".formatted(JSON.writeValueAsString(name)));
        if (created.status() != 201) {
            throw new IllegalStateException(created.text());
        }
        return created.json().get("id").asString();
    }

    @Override
    public void close() {
        context.close();
        worker.close();
    }

    /** What came back. */
    public record Answer(int status, java.net.http.HttpHeaders headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(body);
        }

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }
}
