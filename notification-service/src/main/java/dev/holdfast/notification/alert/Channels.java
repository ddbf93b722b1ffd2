package dev.holdfast.notification.alert;

import dev.holdfast.notification.channel.Channel;
import dev.holdfast.notification.channel.ChannelFactory;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The channels that the settings describe. A setting that can't be is an error in the log and not the end of the service: alerts
 * are recorded all the same, and the other channels work.
 */
@Component
class Channels {
    private static final Logger log = LoggerFactory.getLogger(Channels.class);

    private final List<Channel> channels = new ArrayList<>();

    Channels(List<ChannelFactory> factories) {
        for (var factory : factories) {
            try {
                factory.channel().ifPresent(channels::add);
            } catch (IllegalStateException e) {
                log.error("a channel for alerts is left out: {}", e.getMessage());
            }
        }
        if (channels.isEmpty()) {
            log.info("no channel for alerts is set up: they are recorded at /api/v1/alerts, and nobody is told; set"
                    + " holdfast.alert.email.to with spring.mail.host, or holdfast.alert.slack.webhook-url");
        } else {
            log.info("alerts go to {}", names());
        }
    }

    List<Channel> all() {
        return List.copyOf(channels);
    }

    List<String> names() {
        return channels.stream().map(Channel::name).toList();
    }
}
