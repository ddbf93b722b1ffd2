package dev.holdfast.faults;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody with a queue on the exchange of all events, and a look at the dead letters. The queue keeps what comes while nobody asks. */
final class Subscriber implements AutoCloseable {
    private static final String EXCHANGE = "holdfast.events";
    private static final String QUEUE = "faults.subscriber";
    private static final JsonMapper JSON = new JsonMapper();

    private final Broker broker;
    private final String virtualHost;
    private final List<Event> events = new CopyOnWriteArrayList<>();

    Subscriber(Broker broker, String virtualHost) {
        this.broker = broker;
        this.virtualHost = virtualHost;
    }

    /**
     * One delivery.
     *
     * @param headers as text
     */
    record Event(String type, String subject, String headers, String body) {
        JsonNode data() {
            return JSON.readTree(body);
        }
    }

    /** Makes the queue and binds it, where it is not. */
    void bind() {
        with(channel -> {
            channel.queueDeclare(QUEUE, true, false, false, Map.of("x-queue-type", "quorum"));
            channel.exchangeDeclare(EXCHANGE, "topic", true);
            channel.queueBind(QUEUE, EXCHANGE, "#");
        });
    }

    /** Every event that has come until now. */
    List<Event> events() {
        with(channel -> drain(channel, QUEUE, events));
        return List.copyOf(events);
    }

    /** Publishes something that need not be an event. */
    void publish(String routingKey, AMQP.BasicProperties properties, byte[] body) {
        with(channel -> channel.basicPublish(EXCHANGE, routingKey, properties, body));
    }

    /** Does something on a channel of its own. */
    void with(ChannelWork work) {
        try (Connection connection = broker.connect(virtualHost);
                Channel channel = connection.createChannel()) {
            work.on(channel);
        } catch (IOException | TimeoutException e) {
            throw new UncheckedIOException(e instanceof IOException io ? io : new IOException(e));
        }
    }

    private static void drain(Channel channel, String queue, List<Event> into) throws IOException {
        for (var next = channel.basicGet(queue, false); next != null; next = channel.basicGet(queue, false)) {
            var headers = next.getProps().getHeaders() == null
                    ? Map.<String, Object>of()
                    : next.getProps().getHeaders();
            into.add(new Event(
                    text(headers, "cloudEvents:type"),
                    text(headers, "cloudEvents:subject"),
                    headers.toString(),
                    new String(next.getBody(), StandardCharsets.UTF_8)));
            channel.basicAck(next.getEnvelope().getDeliveryTag(), false);
        }
    }

    private static String text(Map<String, Object> headers, String name) {
        return String.valueOf(headers.get(name));
    }

    @Override
    public void close() {}

    /** What is done on a channel. */
    @FunctionalInterface
    interface ChannelWork {
        void on(Channel channel) throws IOException;
    }
}
