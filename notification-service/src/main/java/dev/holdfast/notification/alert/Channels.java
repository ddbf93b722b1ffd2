package dev.holdfast.notification.alert;

import dev.holdfast.notification.channel.Channel;
import dev.holdfast.notification.channel.ChannelFactory;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The channels that there can be, and those of them that the settings describe. A setting that can't be is an error in the log and
 * not the end of the service: alerts are recorded all the same, and the other channels work.
 */
@Component
class Channels {
    private static final Logger log = LoggerFactory.getLogger(Channels.class);

    private final List<Possible> possible;

    /**
     * A channel that there is, or could be.
     *
     * @param settings what to set for one
     * @param channel null where it is not set up
     * @param problem what is wrong with its settings
     */
    record Possible(
            String name,
            String settings,
            @Nullable Channel channel,
            @Nullable String problem) {}

    Channels(List<ChannelFactory> factories) {
        possible = factories.stream().map(Channels::make).toList();
        if (all().isEmpty()) {
            log.info("no channel for alerts is set up: they are recorded at /api/v1/alerts, and nobody is told; set"
                    + " HOLDFAST_ALERT_EMAIL_TO with SPRING_MAIL_HOST, or HOLDFAST_ALERT_SLACK_WEBHOOKURL");
        } else {
            log.info("alerts go to {}", names());
        }
    }

    private static Possible make(ChannelFactory factory) {
        try {
            return new Possible(
                    factory.name(), factory.settings(), factory.channel().orElse(null), null);
        } catch (IllegalStateException e) {
            log.error("a channel for alerts is left out: {}", e.getMessage());
            return new Possible(factory.name(), factory.settings(), null, String.valueOf(e.getMessage()));
        }
    }

    /** Set up or not. */
    List<Possible> possible() {
        return possible;
    }

    List<String> possibleNames() {
        return possible.stream().map(Possible::name).toList();
    }

    Optional<Possible> named(String name) {
        return possible.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    List<Channel> all() {
        return possible.stream().map(Possible::channel).filter(Objects::nonNull).toList();
    }

    List<String> names() {
        return all().stream().map(Channel::name).toList();
    }
}
