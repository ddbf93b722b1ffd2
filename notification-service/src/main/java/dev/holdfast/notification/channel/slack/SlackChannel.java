package dev.holdfast.notification.channel.slack;

import dev.holdfast.common.outbound.AddressRefused;
import dev.holdfast.common.outbound.OutboundGuard;
import dev.holdfast.notification.channel.AlertMessage;
import dev.holdfast.notification.channel.Channel;
import dev.holdfast.notification.channel.DeliveryProblem;
import dev.holdfast.notification.channel.NotDelivered;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts to an incoming webhook. Redirects are not followed: the message would go to somebody else. Nothing of the address gets
 * into an error, for it is the secret.
 */
final class SlackChannel implements Channel {
    static final String NAME = "slack";

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final Duration UNSAID_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int TOO_MANY = 429;
    private static final Set<Integer> MAY_PASS = Set.of(408, 409, 425);
    private static final int LONGEST_WORD = 256;
    /** Slack's answers are words such as invalid_payload; anything else may be an echo of what was sent. */
    private static final Pattern WORD = Pattern.compile("[a-z_]{1,60}");

    private final URI webhook;
    private final CloseableHttpClient http;

    SlackChannel(URI webhook, OutboundGuard guard) {
        this.webhook = webhook;
        this.http = client(guard);
    }

    /** Connects anew for each message, to an address that the guard has given out and nobody looks up again. */
    private static CloseableHttpClient client(OutboundGuard guard) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new GuardedNames(guard))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(CONNECT_LIMIT))
                        .setSocketTimeout(Timeout.of(ANSWER_LIMIT))
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(ANSWER_LIMIT))
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .build();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Without the path, which is the secret. */
    @Override
    public String target() {
        return webhook.getScheme() + "://" + webhook.getRawAuthority() + "/…";
    }

    /** Slack's limit for webhooks. */
    @Override
    public Duration pace() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void send(AlertMessage message) throws NotDelivered {
        var request = new HttpPost(webhook);
        request.setEntity(new StringEntity(SlackPayload.of(message), ContentType.APPLICATION_JSON));
        try (var answer = http.executeOpen(HttpHost.create(webhook), request, null)) {
            judge(answer);
        } catch (AddressRefused e) {
            throw NotDelivered.permanently(DeliveryProblem.ADDRESS_REFUSED, "Slack's address: " + e.getMessage());
        } catch (ConnectTimeoutException e) {
            throw NotDelivered.forNow(DeliveryProblem.UNREACHABLE, "Slack took no connection in time");
        } catch (SocketTimeoutException e) {
            throw NotDelivered.forNow(DeliveryProblem.NO_ANSWER, "Slack did not answer in time");
        } catch (SSLException e) {
            throw NotDelivered.forNow(
                    DeliveryProblem.TLS_FAILED,
                    "no encrypted connection to Slack: " + e.getClass().getSimpleName());
        } catch (IOException e) {
            throw NotDelivered.forNow(
                    DeliveryProblem.UNREACHABLE,
                    "Slack can't be reached: " + e.getClass().getSimpleName());
        }
    }

    private static void judge(ClassicHttpResponse answer) throws NotDelivered, IOException {
        int status = answer.getCode();
        if (status / 100 == 2) {
            return;
        }
        var body = beginning(answer);
        var reason = "Slack answered " + status + (WORD.matcher(body).matches() ? " " + body : "");
        if (status == TOO_MANY) {
            throw NotDelivered.until(DeliveryProblem.BUSY, reason, pause(answer));
        }
        if (status / 100 == 5 || MAY_PASS.contains(status)) {
            throw NotDelivered.forNow(DeliveryProblem.BUSY, reason);
        }
        throw NotDelivered.permanently(
                DeliveryProblem.REFUSED,
                reason + (status / 100 == 3 ? ", a redirect, which is not followed" : "") + "; check the webhook");
    }

    private static String beginning(ClassicHttpResponse answer) throws IOException {
        var entity = answer.getEntity();
        if (entity == null) {
            return "";
        }
        try (var body = entity.getContent()) {
            return new String(body.readNBytes(LONGEST_WORD), StandardCharsets.UTF_8).strip();
        }
    }

    private static Duration pause(ClassicHttpResponse answer) {
        var header = answer.getFirstHeader("Retry-After");
        var seconds = header == null ? "" : header.getValue().strip();
        if (!seconds.matches("\\d{1,6}")) {
            return UNSAID_PAUSE;
        }
        var pause = Duration.ofSeconds(Long.parseLong(seconds));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    @Override
    public String toString() {
        return "SlackChannel[…]";
    }
}
