package dev.holdfast.notification.log;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.messaging.EventCodec;
import dev.holdfast.common.messaging.EventTopology;
import dev.holdfast.embedded.EmbeddedBroker;
import dev.holdfast.embedded.EmbeddedPostgres;
import dev.holdfast.notification.NotificationService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a broker and a database of its own, started as standalone starts it, and its neighbours' side of it. */
public final class LogService implements AutoCloseable {
    private static final String TOKEN = "a-token-between-the-services-for-tests";

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private LogService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static LogService start(EmbeddedBroker broker, EmbeddedPostgres database) {
        return start(broker, database, List.of());
    }

    /** With these settings besides. */
    public static LogService start(EmbeddedBroker broker, EmbeddedPostgres database, List<String> more) {
        database.createDatabase("holdfast");
        var arguments = Stream.concat(arguments(broker, database), more.stream());
        return new LogService(
                NotificationService.application().registerShutdownHook(false).run(arguments.toArray(String[]::new)));
    }

    private static Stream<String> arguments(EmbeddedBroker broker, EmbeddedPostgres database) {
        return Stream.of(
                "--server.port=0",
                "--holdfast.internal.token=" + TOKEN,
                "--logging.structured.format.console=",
                "--spring.rabbitmq.port=" + broker.port(),
                "--spring.rabbitmq.username=" + broker.username(),
                "--spring.rabbitmq.password=" + broker.password(),
                "--spring.datasource.url=" + database.jdbcUrl("holdfast") + "?currentSchema=notification",
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--spring.datasource.hikari.connection-timeout=1000");
    }

    public void publish(EventEnvelope event) {
        var encoded = context.getBean(EventCodec.class).encode(event);
        var message = MessageBuilder.withBody(encoded.getPayload()).setContentType("application/json");
        encoded.getHeaders().forEach((name, value) -> {
            if (name.startsWith("cloudEvents")) {
                message.setHeader(name, value);
            }
        });
        publish(event.type().routingKey(), message.build());
    }

    /** Sends a message with these CloudEvents attributes, as a foreign publisher would. */
    void publish(Map<String, String> attributes, String data) {
        var message =
                MessageBuilder.withBody(data.getBytes(StandardCharsets.UTF_8)).setContentType("application/json");
        attributes.forEach((name, value) -> message.setHeader("cloudEvents:" + name, value));
        publish("anything.else", message.build());
    }

    private void publish(String routingKey, Message message) {
        new RabbitTemplate(context.getBean(ConnectionFactory.class)).send(EventTopology.EXCHANGE, routingKey, message);
    }

    /** How many messages were set aside; they don't stay in a dead-letter queue. */
    public long parked() {
        return jdbc().sql("select count(*) from parked_message where replayed_at is null")
                .query(Long.class)
                .single();
    }

    /** Sends a message straight to a service's queue, with these headers. */
    public void sendTo(String group, Map<String, Object> headers, byte[] body) {
        var message = MessageBuilder.withBody(body).setContentType("application/json");
        headers.forEach(message::setHeader);
        new RabbitTemplate(context.getBean(ConnectionFactory.class))
                .send("", EventTopology.queue(group), message.build());
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public JdbcClient jdbc() {
        return context.getBean(JdbcClient.class);
    }

    public long rows() {
        return jdbc().sql("select count(*) from event_log").query(Long.class).single();
    }

    public JsonNode log(Map<String, String> parameters) {
        return JsonMapper.shared()
                .readTree(get("/api/v1/log?" + query(parameters)).body());
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path);
    }

    public HttpResponse<String> send(String method, String path) {
        return send(method, path, "Authorization", "Bearer " + TOKEN);
    }

    /** As anybody would who has not the token. */
    HttpResponse<String> sendAsStranger(String method, String path, String... headers) {
        return send(method, path, headers);
    }

    private HttpResponse<String> send(String method, String path, String... headers) {
        var port = context.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }
}
