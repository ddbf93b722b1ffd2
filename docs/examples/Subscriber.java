import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Prints a line for every event of Holdfast that its queue gets, once, whatever breaks in between. README.md says what one must know.
 *
 * <p>Needs Java 17 or newer, and com.rabbitmq:amqp-client with its dependencies: {@code java -cp 'lib/*' Subscriber.java}
 *
 * <ul>
 *   <li>HOLDFAST_BROKER_URL_FILE: a file with the broker's address, read anew for each connection: data/keys/broker-url of
 *       {@code ./holdfast up}
 *   <li>HOLDFAST_BROKER_URL: or the address itself, amqp://user:password@host:5672/holdfast
 *   <li>HOLDFAST_QUEUE: this subscriber's own queue (my.backups)
 *   <li>HOLDFAST_BINDING: which events it gets (backup.*.v1)
 * </ul>
 */
public final class Subscriber {
    private static final String EXCHANGE = "holdfast.events";
    private static final String QUEUE = System.getenv().getOrDefault("HOLDFAST_QUEUE", "my.backups");
    private static final String BINDING = System.getenv().getOrDefault("HOLDFAST_BINDING", "backup.*.v1");
    private static final String PREFIX = "cloudEvents:";
    private static final int PAUSE_SECONDS = 2;
    private static final int REMEMBERED = 100_000;

    /**
     * The ids of the last events. In memory, as fits what only prints: where handling an event changes something that lasts, its id
     * belongs into the same transaction.
     */
    private final Set<String> handled = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    public static void main(String[] args) throws InterruptedException {
        if (!System.getenv().containsKey("HOLDFAST_BROKER_URL_FILE")
                && !System.getenv().containsKey("HOLDFAST_BROKER_URL")) {
            System.err.println("HOLDFAST_BROKER_URL_FILE or HOLDFAST_BROKER_URL must say where the broker is");
            System.exit(2);
        }
        var subscriber = new Subscriber();
        while (true) {
            try {
                subscriber.subscribe();
            } catch (ExecutionException e) {
                System.err.println("the subscription has ended: " + e.getCause());
            } catch (IOException | TimeoutException e) {
                System.err.println("not subscribed: " + (e.getCause() == null ? e : e.getCause()));
            }
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        }
    }

    /** What this subscriber is for: put your own code here. When it throws, the event comes again. */
    private static void handle(Map<String, String> event, String data) {
        var name = event.get("type").replaceFirst("^dev\\.holdfast\\.", "");
        System.out.println(String.join(
                " ", event.get("time"), name, event.get("subject"), event.get("sequence"), data));
    }

    /** Throws when the connection ends. */
    private void subscribe() throws IOException, TimeoutException, InterruptedException, ExecutionException {
        try (var connection = factory().newConnection("subscriber");
                var channel = connection.createChannel()) {
            var end = new CompletableFuture<Void>();
            channel.addShutdownListener(end::completeExceptionally);
            // A queue that outlives this process and a restart of the broker: events wait in it.
            channel.queueDeclare(QUEUE, true, false, false, Map.of("x-queue-type", "quorum"));
            channel.queueBind(QUEUE, EXCHANGE, BINDING);
            channel.basicQos(20);
            channel.basicConsume(QUEUE, new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
                    try {
                        receive(channel, envelope, properties, body);
                    } catch (IOException | RuntimeException e) {
                        end.completeExceptionally(e);
                    }
                }

                @Override
                public void handleCancel(String tag) {
                    end.completeExceptionally(new IOException("queue " + QUEUE + " was deleted"));
                }
            });
            System.err.println("subscribed: " + QUEUE + " gets " + BINDING);
            end.get();
        }
    }

    private void receive(Channel channel, Envelope envelope, BasicProperties properties, byte[] body)
            throws IOException {
        var event = new HashMap<String, String>();
        if (properties.getHeaders() != null) {
            properties.getHeaders().forEach((name, value) -> {
                if (name.startsWith(PREFIX)) {
                    event.put(name.substring(PREFIX.length()), value.toString());
                }
            });
        }
        if (!event.keySet().containsAll(List.of("id", "type", "subject", "time", "sequence"))) {
            // Acknowledged as well: it would be the same at the next try, and the embedded broker does bring back what is rejected.
            System.err.println("no event, discarded: " + envelope.getRoutingKey());
        } else if (!handled.contains(event.get("id"))) {
            handle(event, new String(body, StandardCharsets.UTF_8));
            handled.add(event.get("id"));
        }
        // Only now: had this process died before, the broker would deliver the event again.
        channel.basicAck(envelope.getDeliveryTag(), false);
    }

    private static ConnectionFactory factory() throws IOException {
        var factory = new ConnectionFactory();
        try {
            factory.setUri(brokerUrl());
        } catch (Exception e) {
            throw new IOException("no address of a broker: " + e.getMessage(), e);
        }
        // The loop in main connects again, to where the broker is then.
        factory.setAutomaticRecoveryEnabled(false);
        return factory;
    }

    private static String brokerUrl() throws IOException {
        var file = System.getenv("HOLDFAST_BROKER_URL_FILE");
        return file == null ? System.getenv("HOLDFAST_BROKER_URL") : Files.readString(Path.of(file)).strip();
    }
}
