package dev.holdfast.notification.channel.slack;

import dev.holdfast.notification.channel.AlertMessage;
import dev.holdfast.notification.channel.Channel;
import dev.holdfast.notification.channel.DeliveryProblem;
import dev.holdfast.notification.channel.NotDelivered;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

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
    /** Slack's answers are words such as invalid_payload; anything else may be an echo of what was sent. */
    private static final Pattern WORD = Pattern.compile("[a-z_]{1,60}");

    private final URI webhook;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    SlackChannel(URI webhook) {
        this.webhook = webhook;
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
        var request = HttpRequest.newBuilder(webhook)
                .timeout(ANSWER_LIMIT)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(SlackPayload.of(message), StandardCharsets.UTF_8))
                .build();
        try {
            judge(http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), 4096)));
        } catch (HttpConnectTimeoutException e) {
            throw NotDelivered.forNow(DeliveryProblem.UNREACHABLE, "Slack took no connection in time");
        } catch (HttpTimeoutException e) {
            throw NotDelivered.forNow(DeliveryProblem.NO_ANSWER, "Slack did not answer in time");
        } catch (IOException e) {
            throw NotDelivered.forNow(
                    DeliveryProblem.UNREACHABLE,
                    "Slack can't be reached: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NotDelivered.forNow(DeliveryProblem.NO_ANSWER, "Slack did not answer in time");
        }
    }

    private static void judge(HttpResponse<String> answer) throws NotDelivered {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return;
        }
        var body = answer.body().strip();
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

    private static Duration pause(HttpResponse<String> answer) {
        var seconds = answer.headers().firstValue("Retry-After").orElse("").strip();
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
