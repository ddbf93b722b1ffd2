package dev.holdfast.notification.channel.email;

import dev.holdfast.notification.channel.AlertKind;
import dev.holdfast.notification.channel.AlertMessage;
import dev.holdfast.notification.text.PlainLine;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A mail whose identity is that of its alert: a second copy is known as one, and the end is shown below the beginning. */
final class AlertMail extends MimeMessage {
    private static final int LONGEST_SUBJECT = 200;

    private final String messageId;

    private AlertMail(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    static AlertMail of(Session session, InternetAddress from, List<InternetAddress> to, AlertMessage message)
            throws MessagingException {
        var mail = new AlertMail(session, id(message, message.kind(), from));
        mail.setFrom(from);
        mail.setRecipients(Message.RecipientType.TO, to.toArray(InternetAddress[]::new));
        mail.setSubject(PlainLine.of(message.subject(), LONGEST_SUBJECT), StandardCharsets.UTF_8.name());
        if (message.kind() == AlertKind.RESOLVED) {
            var beginning = id(message, AlertKind.RAISED, from);
            mail.setHeader("In-Reply-To", beginning);
            mail.setHeader("References", beginning);
        }
        // No holiday notes in answer, RFC 3834.
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setContent(new MimeMultipart("alternative", text(message), html(message)));
        mail.saveChanges();
        return mail;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }

    private static MimeBodyPart text(AlertMessage message) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(PlainMail.of(message), StandardCharsets.UTF_8.name());
        return part;
    }

    private static MimeBodyPart html(AlertMessage message) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(HtmlMail.of(message), StandardCharsets.UTF_8.name(), "html");
        return part;
    }

    private static String id(AlertMessage message, AlertKind kind, InternetAddress from) {
        var address = from.getAddress();
        var domain = address.substring(address.lastIndexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
        return "<%s.%s@%s>".formatted(message.alertId(), kind.text(), domain);
    }
}
