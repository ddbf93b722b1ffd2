package dev.holdfast.notification.channel.email;

import dev.holdfast.common.outbound.OutboundGuard;
import dev.holdfast.notification.channel.Channel;
import dev.holdfast.notification.channel.ChannelFactory;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.env.Environment;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/** Makes the e-mail channel where receivers are set. */
@Component
@EnableConfigurationProperties(EmailProperties.class)
class EmailChannelFactory implements ChannelFactory {
    private final EmailProperties properties;
    private final ObjectProvider<JavaMailSenderImpl> sender;
    private final Environment environment;
    private final OutboundGuard guard;

    EmailChannelFactory(
            EmailProperties properties,
            ObjectProvider<JavaMailSenderImpl> sender,
            Environment environment,
            OutboundGuard guard) {
        this.properties = properties;
        this.sender = sender;
        this.environment = environment;
        this.guard = guard;
    }

    @Override
    public String name() {
        return EmailChannel.NAME;
    }

    @Override
    public String settings() {
        return "SPRING_MAIL_HOST, HOLDFAST_ALERT_EMAIL_FROM and HOLDFAST_ALERT_EMAIL_TO: the mail server, who sends, and who"
                + " is told";
    }

    @Override
    public Optional<Channel> channel() {
        if (properties.to().isEmpty()) {
            return Optional.empty();
        }
        var mailer = sender.getIfAvailable();
        // An empty variable, as Compose hands it on, makes a sender that knows no server.
        if (mailer == null || environment.getProperty("spring.mail.host", "").isBlank()) {
            throw new IllegalStateException("HOLDFAST_ALERT_EMAIL_TO is set, but no mail server: set SPRING_MAIL_HOST");
        }
        GuardedMail.guard(mailer, guard);
        var to = new ArrayList<InternetAddress>();
        for (var address : properties.to()) {
            to.add(address("TO", address));
        }
        return Optional.of(new EmailChannel(mailer, address("FROM", properties.from()), to, server()));
    }

    private String server() {
        var port = environment.getProperty("spring.mail.port", "");
        return environment.getRequiredProperty("spring.mail.host") + (port.isBlank() ? "" : ":" + port);
    }

    private static InternetAddress address(String key, String text) {
        try {
            var address = new InternetAddress(text, true);
            if (address.getAddress().indexOf('@') > 0) {
                return address;
            }
        } catch (AddressException e) {
            // Said below, for both ways in which it can be none.
        }
        throw new IllegalStateException(
                "HOLDFAST_ALERT_EMAIL_" + key + " must be an address such as holdfast@example.org, not '" + text + "'");
    }
}
