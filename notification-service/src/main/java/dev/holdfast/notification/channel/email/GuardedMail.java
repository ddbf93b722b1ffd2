package dev.holdfast.notification.channel.email;

import dev.holdfast.common.outbound.GuardedSockets;
import dev.holdfast.common.outbound.OutboundGuard;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Lets a sender of mail connect to addresses alone that the guard gives out; encryption goes over the same connection. */
final class GuardedMail {
    private static final List<String> PROTOCOLS = List.of("smtp", "smtps");
    private static final int SMTP = 25;
    private static final int SMTPS = 465;
    private static final int CONNECT_LIMIT_MILLIS = 5_000;

    private GuardedMail() {}

    /**
     * Puts the guard before a sender's connections.
     *
     * @throws IllegalStateException when it does not say where its server is, or names a socket factory of its own, which would
     *     go around the guard
     */
    static void guard(JavaMailSenderImpl sender, OutboundGuard guard) {
        var properties = sender.getJavaMailProperties();
        for (var protocol : PROTOCOLS) {
            var prefix = "mail." + protocol;
            for (var other : List.of(".socketFactory.class", ".ssl.socketFactory.class", ".ssl.socketFactory")) {
                if (properties.containsKey(prefix + other)) {
                    throw new IllegalStateException("spring.mail.properties." + prefix + other + " can't be set");
                }
            }
            properties.put(prefix + ".socketFactory", sockets(sender, protocol, properties, guard));
            // Else a refusal would be followed by a try without the guard.
            properties.put(prefix + ".socketFactory.fallback", "false");
        }
    }

    private static GuardedSockets sockets(
            JavaMailSenderImpl sender, String protocol, Properties properties, OutboundGuard guard) {
        var host = sender.getHost();
        if (host == null) {
            throw new IllegalStateException("the mail server must be set as spring.mail.host, not by JNDI");
        }
        int limit = number(properties, "mail." + protocol + ".connectiontimeout", CONNECT_LIMIT_MILLIS);
        return new GuardedSockets(
                () -> guard.addresses(host), port(sender, protocol, properties), Duration.ofMillis(limit));
    }

    /** As the mail library chooses it. */
    private static int port(JavaMailSenderImpl sender, String protocol, Properties properties) {
        if (sender.getPort() > 0) {
            return sender.getPort();
        }
        boolean encrypted = protocol.equals("smtps")
                || Boolean.parseBoolean(properties.getProperty("mail." + protocol + ".ssl.enable"));
        return number(properties, "mail." + protocol + ".port", encrypted ? SMTPS : SMTP);
    }

    private static int number(Properties properties, String key, int standard) {
        var text = properties.getProperty(key, Integer.toString(standard)).strip();
        if (!text.matches("\\d{1,7}")) {
            throw new IllegalStateException("spring.mail.properties." + key + " must be a number, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
