package dev.holdfast.notification.parked;

import dev.holdfast.common.messaging.DeadLetterQueues;
import java.time.Clock;
import java.time.Duration;
import org.springframework.amqp.rabbit.listener.MessageListenerContainer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/** Where dead letters enter this service, and where those that went well after a replay are forgotten. */
@Configuration(proxyBeanMethods = false)
class ParkingIntake implements SchedulingConfigurer {
    /** Long enough for a queue to be worked off, so that one that fails again is known again. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final Duration PRUNE_EVERY = Duration.ofHours(1);

    private final ParkedMessages messages;
    private final Clock clock;

    ParkingIntake(ParkedMessages messages, Clock clock) {
        this.messages = messages;
        this.clock = clock;
    }

    @Bean
    static MessageListenerContainer deadLetterReader(DeadLetterQueues queues, ParkMessage park) {
        return queues.reader(park::park);
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar registrar) {
        registrar.addFixedDelayTask(() -> messages.pruneReplayed(clock.instant().minus(KEPT)), PRUNE_EVERY);
    }
}
