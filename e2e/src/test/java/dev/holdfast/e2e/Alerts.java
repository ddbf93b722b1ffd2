package dev.holdfast.e2e;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server and a Slack on this machine, which the containers reach as host.docker.internal. */
final class Alerts implements AutoCloseable {
    private static final String EVERYWHERE = "0.0.0.0";

    private final GreenMail mail;
    private final HttpServer slack;
    private final List<Post> posts = new CopyOnWriteArrayList<>();

    /** One message to Slack. */
    record Post(Instant at, String body) {}

    Alerts() {
        mail = new GreenMail(new ServerSetup(0, EVERYWHERE, ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try {
            slack = HttpServer.create(new InetSocketAddress(EVERYWHERE, 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        slack.createContext("/hook", exchange -> {
            posts.add(new Post(
                    Instant.now(), new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        slack.start();
    }

    /** Lines for {@code .env}. */
    String settings() {
        return """
                SPRING_MAIL_HOST=host.docker.internal
                SPRING_MAIL_PORT=%d
                HOLDFAST_ALERT_EMAIL_FROM=holdfast@example.org
                HOLDFAST_ALERT_EMAIL_TO=ops@example.org
                HOLDFAST_ALERT_SLACK_WEBHOOKURL=http://host.docker.internal:%d/hook
                """.formatted(mail.getSmtp().getPort(), slack.getAddress().getPort());
    }

    /** The mails whose subject has this in it, the oldest first. */
    List<MimeMessage> mails(String subject) {
        return Arrays.stream(mail.getReceivedMessages())
                .filter(message -> subjectOf(message).contains(subject))
                .toList();
    }

    List<Post> posts(String text) {
        return posts.stream().filter(post -> post.body().contains(text)).toList();
    }

    static String subjectOf(MimeMessage message) {
        try {
            return Optional.ofNullable(message.getSubject()).orElse("");
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    static String textOf(MimeMessage message) {
        return GreenMailUtil.getWholeMessage(message);
    }

    @Override
    public void close() {
        slack.stop(0);
        mail.stop();
    }
}
