package dev.holdfast.notification.channel.email;

import dev.holdfast.notification.channel.AlertMessage;
import dev.holdfast.notification.channel.Channel;
import dev.holdfast.notification.channel.DeliveryProblem;
import dev.holdfast.notification.channel.NotDelivered;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;

/** Sends one mail to all receivers. Where the server takes it for some of them only, it counts as sent: a second try would double it. */
final class EmailChannel implements Channel {
    static final String NAME = "email";

    private static final Logger log = LoggerFactory.getLogger(EmailChannel.class);

    private final JavaMailSender sender;
    private final InternetAddress from;
    private final List<InternetAddress> to;
    private final String server;

    EmailChannel(JavaMailSender sender, InternetAddress from, List<InternetAddress> to, String server) {
        this.sender = sender;
        this.from = from;
        this.to = List.copyOf(to);
        this.server = server;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String target() {
        return to.stream().map(InternetAddress::getAddress).collect(Collectors.joining(", ")) + " through " + server;
    }

    @Override
    public Duration pace() {
        return Duration.ZERO;
    }

    @Override
    public void send(AlertMessage message) throws NotDelivered {
        try {
            sender.send(AlertMail.of(sender.createMimeMessage().getSession(), from, to, message));
        } catch (MailException e) {
            var refusal = SmtpRefusal.of(e);
            if (refusal.isPartial()) {
                log.warn("a mail went to some of its receivers only: {}", refusal.reason());
                return;
            }
            throw refusal.toNotDelivered();
        } catch (MessagingException e) {
            throw NotDelivered.permanently(
                    DeliveryProblem.UNEXPECTED,
                    "the mail can't be made: " + e.getClass().getSimpleName());
        }
    }
}
