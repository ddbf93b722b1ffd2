package dev.holdfast.notification.channel.email;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is told by e-mail; the server is Spring's own {@code spring.mail}.
 *
 * @param from the sender's address
 * @param to the receivers; none for no e-mail
 */
@ConfigurationProperties("holdfast.alert.email")
record EmailProperties(
        @DefaultValue("") String from, @DefaultValue List<String> to) {

    EmailProperties {
        from = from.strip();
        to = to.stream()
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .toList();
    }
}
