package dev.holdfast.notification.channel.email;

import dev.holdfast.notification.channel.Channel;
import dev.holdfast.notification.channel.ChannelFactory;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.env.Environment;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/** Makes the e-mail channel where receivers are set. */
@Component
@EnableConfigurationProperties(EmailProperties.class)
class EmailChannelFactory implements ChannelFactory {
    private final EmailProperties properties;
    private final ObjectProvider<JavaMailSender> sender;
    private final Environment environment;

    EmailChannelFactory(EmailProperties properties, ObjectProvider<JavaMailSender> sender, Environment environment) {
        this.properties = properties;
        this.sender = sender;
        this.environment = environment;
    }

    @Override
    public Optional<Channel> channel() {
        if (properties.to().isEmpty()) {
            return Optional.empty();
        }
        var server = sender.getIfAvailable();
        // An empty variable, as Compose hands it on, makes a sender that knows no server.
        if (server == null || environment.getProperty("spring.mail.host", "").isBlank()) {
            throw new IllegalStateException("holdfast.alert.email.to is set, but no mail server: set spring.mail.host");
        }
        var to = new ArrayList<InternetAddress>();
        for (var address : properties.to()) {
            to.add(address("to", address));
        }
        return Optional.of(new EmailChannel(server, address("from", properties.from()), to));
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
                "holdfast.alert.email." + key + " must be an address such as holdfast@example.org, not '" + text + "'");
    }
}
