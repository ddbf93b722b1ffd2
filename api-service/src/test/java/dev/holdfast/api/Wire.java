package dev.holdfast.api;

import dev.holdfast.common.event.BackupEvent;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.HoldfastEvent;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.messaging.EventCodec;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessagePropertiesBuilder;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;

/** The broker as a worker sees it: what the api-service publishes comes in, what a worker would say goes out. */
public final class Wire implements AutoCloseable {
    private static final String EXCHANGE = "holdfast.events";

    private final List<EventEnvelope> received = new CopyOnWriteArrayList<>();
    private final CachingConnectionFactory connections;
    private final SimpleMessageListenerContainer listener;
    private final RabbitTemplate template;
    private final EventCodec codec;

    public Wire(RunningApi api) {
        connections = new CachingConnectionFactory("127.0.0.1", api.broker().port());
        connections.setUsername(api.broker().username());
        connections.setPassword(api.broker().password());
        codec = api.bean(EventCodec.class);
        template = new RabbitTemplate(connections);
        var queue = QueueBuilder.nonDurable("wire-" + UUID.randomUUID())
                .autoDelete()
                .build();
        var admin = new RabbitAdmin(connections);
        admin.declareQueue(queue);
        admin.declareBinding(
                BindingBuilder.bind(queue).to(new TopicExchange(EXCHANGE)).with("#"));
        listener = new SimpleMessageListenerContainer(connections);
        listener.setQueueNames(queue.getName());
        listener.setMessageListener(message -> {
            var headers = message.getMessageProperties().getHeaders();
            var builder = org.springframework.messaging.support.MessageBuilder.withPayload(message.getBody())
                    .copyHeaders(headers)
                    .setHeader("contentType", message.getMessageProperties().getContentType());
            codec.decode(builder.build()).ifPresent(received::add);
        });
        listener.start();
    }

    /** What the api-service has published of a backup, in order of arrival. */
    public <T extends BackupEvent> List<T> received(BackupId backup, Class<T> type) {
        return envelopes(backup, type).stream()
                .map(EventEnvelope::data)
                .map(type::cast)
                .toList();
    }

    /** The same with their attributes. */
    public List<EventEnvelope> envelopes(BackupId backup, Class<? extends BackupEvent> type) {
        return received.stream()
                .filter(event -> event.source().equals("/holdfast/api-service"))
                .filter(event -> event.subject().equals(backup.toString()) && type.isInstance(event.data()))
                .toList();
    }

    /** Everything that the api-service has published of a backup or a source. */
    public List<HoldfastEvent> published(String subject) {
        return received.stream()
                .filter(event -> event.source().equals("/holdfast/api-service"))
                .filter(event -> event.subject().equals(subject))
                .map(EventEnvelope::data)
                .toList();
    }

    /** The sequence of the newest event seen of a backup. */
    public long newest(BackupId backup) {
        return received.stream()
                .filter(event -> event.subject().equals(backup.toString()))
                .mapToLong(EventEnvelope::sequence)
                .max()
                .orElse(0);
    }

    /** Says something as a worker. */
    public EventEnvelope say(BackupEvent data, long sequence) {
        var event = new EventEnvelope(UUID.randomUUID(), "/holdfast/backup-worker", Instant.now(), sequence, data);
        send(event);
        return event;
    }

    public void send(EventEnvelope event) {
        sendInstead(event, codec.encode(event).getPayload());
    }

    /** Sends bytes in the place of an event's data. */
    public void sendInstead(EventEnvelope event, byte[] body) {
        var properties = MessagePropertiesBuilder.newInstance().setContentType("application/json");
        codec.encode(event).getHeaders().forEach((name, value) -> {
            if (name.startsWith("cloudEvents:")) {
                properties.setHeader(name, value);
            }
        });
        template.send(
                EXCHANGE,
                event.type().routingKey(),
                MessageBuilder.withBody(body).andProperties(properties.build()).build());
    }

    /** Takes what the api-service has set aside; null when there is nothing. */
    public Message setAside() {
        return template.receive(EXCHANGE + ".api.dlq", 10_000);
    }

    @Override
    public void close() {
        listener.stop();
        connections.destroy();
    }
}
