package dev.holdfast.notification.incident;

import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.transaction.support.TransactionOperations;

/** Looks after incidents that no event ends, and forgets old ones. Two instances that do it at once do no harm. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({FlappingProperties.class, RetentionProperties.class})
class IncidentUpkeep implements SchedulingConfigurer {
    private static final Duration PRUNE_EVERY = Duration.ofHours(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

    private final IncidentLifecycle lifecycle;
    private final IncidentPruning pruning;
    private final TransactionOperations transaction;
    private final FlappingProperties flapping;

    IncidentUpkeep(
            IncidentLifecycle lifecycle,
            IncidentPruning pruning,
            TransactionOperations transaction,
            FlappingProperties flapping) {
        this.lifecycle = lifecycle;
        this.pruning = pruning;
        this.transaction = transaction;
        this.flapping = flapping;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar registrar) {
        var tenth = flapping.within().dividedBy(10);
        registrar.addFixedDelayTask(
                () -> transaction.executeWithoutResult(status -> lifecycle.endSteady()),
                tenth.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : tenth);
        registrar.addFixedDelayTask(pruning::prune, PRUNE_EVERY);
    }
}
