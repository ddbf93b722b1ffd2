package dev.holdfast.common.messaging;

import dev.holdfast.common.event.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarable;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.DirectExchange;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.TopicExchange;

/**
 * Every exchange, queue and binding of Holdfast, declared by every service each time it connects. So a queue exists before the
 * first message, whichever service starts first: a broker confirms a message that no queue takes, and drops it.
 */
public final class EventTopology {
    /** The topic exchange to which every event goes; its routing key is the event type without its prefix. */
    public static final String EXCHANGE = "holdfast.events";

    static final String DEAD_EXCHANGE = EXCHANGE + ".dead";

    /** After so many deliveries that ended with the consumer's process, the message is taken for what ended it. */
    private static final int DELIVERY_LIMIT = 50;

    /** There is no place behind a dead-letter queue: RabbitMQ's own limit of twenty would drop what comes back more often. */
    private static final int NO_DELIVERY_LIMIT = -1;

    private EventTopology() {}

    /** The groups of consumers, each with a queue and a dead-letter queue of its own. */
    static Stream<String> groups() {
        return Stream.of("api", "worker", "notification");
    }

    /** The queue of a consumer group: {@code worker}, {@code api} or {@code notification}. */
    public static String queue(String group) {
        return EXCHANGE + "." + group;
    }

    /** Where a queue's messages go that can't be handled. */
    public static String deadLetterQueue(String queue) {
        return queue + ".dlq";
    }

    static Declarables declarables() {
        var all = new ArrayList<Declarable>();
        var events = new TopicExchange(EXCHANGE);
        var dead = new DirectExchange(DEAD_EXCHANGE);
        all.add(events);
        all.add(dead);
        all.addAll(group(
                events,
                dead,
                "worker",
                EventType.BACKUP_REQUESTED.routingKey(),
                EventType.BACKUP_CANCEL_REQUESTED.routingKey()));
        all.addAll(group(events, dead, "api", "#"));
        all.addAll(group(events, dead, "notification", "#"));
        return new Declarables(all);
    }

    private static List<Declarable> group(TopicExchange events, DirectExchange dead, String group, String... keys) {
        var queue = QueueBuilder.durable(queue(group))
                .quorum()
                .deliveryLimit(DELIVERY_LIMIT)
                .deadLetterExchange(DEAD_EXCHANGE)
                .deadLetterRoutingKey(queue(group))
                .build();
        var deadLetters = QueueBuilder.durable(deadLetterQueue(queue.getName()))
                .quorum()
                .deliveryLimit(NO_DELIVERY_LIMIT)
                .build();
        var all = new ArrayList<Declarable>(List.of(queue, deadLetters));
        all.add(BindingBuilder.bind(deadLetters).to(dead).with(queue.getName()));
        for (var key : keys) {
            all.add(binding(queue, events, key));
        }
        return all;
    }

    private static Binding binding(Queue queue, TopicExchange exchange, String key) {
        return BindingBuilder.bind(queue).to(exchange).with(key);
    }
}
