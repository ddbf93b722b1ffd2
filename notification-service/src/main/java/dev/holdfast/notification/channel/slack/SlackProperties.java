package dev.holdfast.notification.channel.slack;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Slack takes messages.
 *
 * @param webhookUrl the address of an incoming webhook; whoever has it may post, so it is a secret. Empty for none
 */
@ConfigurationProperties("holdfast.alert.slack")
record SlackProperties(@DefaultValue("") String webhookUrl) {

    @Override
    public String toString() {
        return "SlackProperties[webhookUrl=" + (webhookUrl.isBlank() ? "" : "…") + "]";
    }
}
