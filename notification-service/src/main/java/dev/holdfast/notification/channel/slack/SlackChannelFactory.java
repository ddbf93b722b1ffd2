package dev.holdfast.notification.channel.slack;

import dev.holdfast.common.outbound.OutboundGuard;
import dev.holdfast.notification.channel.Channel;
import dev.holdfast.notification.channel.ChannelFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Makes the Slack channel where a webhook is set. */
@Component
@EnableConfigurationProperties(SlackProperties.class)
class SlackChannelFactory implements ChannelFactory {
    private final SlackProperties properties;
    private final OutboundGuard guard;

    SlackChannelFactory(SlackProperties properties, OutboundGuard guard) {
        this.properties = properties;
        this.guard = guard;
    }

    @Override
    public String name() {
        return SlackChannel.NAME;
    }

    @Override
    public String settings() {
        return "HOLDFAST_ALERT_SLACK_WEBHOOKURL: an incoming webhook's address, from the app's page at Slack";
    }

    @Override
    public Optional<Channel> channel() {
        var url = properties.webhookUrl().strip();
        return url.isEmpty() ? Optional.empty() : Optional.of(new SlackChannel(parse(url), guard));
    }

    /** The cause is left out of what it throws: it would quote the secret. */
    private static URI parse(String url) {
        var parsed = uri(url);
        if (parsed.isEmpty()) {
            throw new IllegalStateException(
                    "HOLDFAST_ALERT_SLACK_WEBHOOKURL is no http or https address; copy it from the app's page at Slack");
        }
        return parsed.get();
    }

    private static Optional<URI> uri(String url) {
        try {
            var uri = new URI(url);
            var isHttp = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return isHttp && uri.getHost() != null && uri.getRawUserInfo() == null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
