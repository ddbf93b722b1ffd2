package dev.holdfast.notification.alert;

import dev.holdfast.notification.channel.Channel;
import dev.holdfast.notification.channel.NotDelivered;
import dev.holdfast.notification.incident.Incidents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tries to send the next message of a channel, and notes how that went. */
@Component
class Dispatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Dispatch.class);
    /** How much longer than a try may take a message is kept from others. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(15);

    private final Deliveries deliveries;
    private final Incidents incidents;
    private final Composition composition;
    private final AlertProperties properties;
    private final Clock clock;
    private final Counter failed;
    private final Sending sending;
    private final RetrySchedule schedule;

    Dispatch(
            Deliveries deliveries,
            Incidents incidents,
            Composition composition,
            AlertProperties properties,
            Clock clock,
            MeterRegistry meters) {
        this.deliveries = deliveries;
        this.incidents = incidents;
        this.composition = composition;
        this.properties = properties;
        this.clock = clock;
        failed = Counter.builder("holdfast.deliveries.failed")
                .description("messages about alerts that were given up")
                .register(meters);
        sending = new Sending(properties.sendLimit());
        schedule = new RetrySchedule(properties.firstRetry(), properties.longestRetry(), new SecureRandom());
    }

    /**
     * Takes and sends one message.
     *
     * @return how long the channel is to be left alone; empty when there was nothing to send
     */
    Optional<Duration> next(Channel channel) throws InterruptedException {
        var claimed = deliveries.claim(channel.name(), properties.sendLimit().plus(LEASE_MARGIN));
        if (claimed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(send(channel, claimed.get()));
    }

    private Duration send(Channel channel, Delivery delivery) throws InterruptedException {
        try {
            sending.send(channel, composition.of(incidents.get(delivery.incidentId()), delivery.kind()));
            deliveries.sent(delivery);
            log.info(
                    "alert {} told by {}: {}",
                    delivery.incidentId(),
                    channel.name(),
                    delivery.kind().text());
            return channel.pace();
        } catch (NotDelivered e) {
            return repeatOrGiveUp(channel, delivery, e);
        }
    }

    private Duration repeatOrGiveUp(Channel channel, Delivery delivery, NotDelivered e) {
        var pause = e.retryAfter().orElseGet(() -> schedule.after(delivery.attempts()));
        var next = clock.instant().plus(pause);
        var giveUp = delivery.createdAt().plus(properties.giveUpAfter());
        if (e.isPermanent() || next.isAfter(giveUp)) {
            deliveries.fail(delivery, e.reason());
            failed.increment();
            log.error(
                    "alert {} could not be told by {} and will not be tried again: {}",
                    delivery.incidentId(),
                    channel.name(),
                    e.reason());
        } else {
            deliveries.retry(delivery, next, e.reason());
            log.warn(
                    "alert {} could not be told by {}, trying again in {} ms: {}",
                    delivery.incidentId(),
                    channel.name(),
                    pause.toMillis(),
                    e.reason());
        }
        return e.retryAfter().orElse(channel.pace());
    }

    @Override
    public void close() {
        sending.close();
    }
}
