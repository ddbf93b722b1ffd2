package dev.holdfast.notification.alert;

import dev.holdfast.notification.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Sends, in one thread a channel, so that a dead server holds up neither the other channels nor the events. */
@Component
@EnableConfigurationProperties(AlertProperties.class)
class DeliveryWorkers implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(DeliveryWorkers.class);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final Channels channels;
    private final Dispatch dispatch;
    private final DeliverySignal signal;
    private final List<Thread> threads = new ArrayList<>();

    DeliveryWorkers(Channels channels, Dispatch dispatch, DeliverySignal signal) {
        this.channels = channels;
        this.dispatch = dispatch;
        this.signal = signal;
    }

    @Override
    public synchronized void start() {
        for (Channel channel : channels.all()) {
            var worker = new DeliveryWorker(channel, dispatch, signal);
            threads.add(Thread.ofPlatform()
                    .name("alerts-" + channel.name())
                    .daemon()
                    .start(worker));
        }
    }

    /** What is being sent is interrupted, and sent again after the next start. */
    @Override
    public synchronized void stop() {
        threads.forEach(Thread::interrupt);
        try {
            for (var thread : threads) {
                if (!thread.join(LONGEST_END)) {
                    log.warn("{} did not end in {}", thread.getName(), LONGEST_END);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return !threads.isEmpty();
    }
}
