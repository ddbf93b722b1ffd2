package dev.holdfast.notification.log;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/** Deletes what the log need not keep any longer, now and then. Two instances that do it at once do no harm. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(LogProperties.class)
class LogPruning implements SchedulingConfigurer {
    private static final Logger logger = LoggerFactory.getLogger(LogPruning.class);

    private final EventLog log;
    private final LogProperties properties;

    LogPruning(EventLog log, LogProperties properties) {
        this.log = log;
        this.properties = properties;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar registrar) {
        registrar.addFixedDelayTask(this::prune, properties.pruneEvery());
    }

    private void prune() {
        int deleted = log.prune(properties.keep(), properties.keepProgress());
        if (deleted > 0) {
            logger.info("deleted {} old entries of the event log", deleted);
        }
    }
}
