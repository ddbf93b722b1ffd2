package dev.holdfast.notification.alert;

import dev.holdfast.common.id.Uuids;
import dev.holdfast.notification.channel.AlertKind;
import dev.holdfast.notification.channel.AlertMessage;
import dev.holdfast.notification.channel.AlertMessage.Fact;
import dev.holdfast.notification.channel.Channel;
import dev.holdfast.notification.channel.NotDelivered;
import dev.holdfast.notification.web.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Sends a message at once, past the queue, so that somebody who set a channel up sees whether it works. */
@Component
class TestChannel implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TestChannel.class);
    /** Somebody waits for the answer, over a service that waits no longer than this. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Channels channels;
    private final AlertProperties properties;
    private final Clock clock;
    private final Sending sending;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    TestChannel(Channels channels, AlertProperties properties, Clock clock) {
        this.channels = channels;
        this.properties = properties;
        this.clock = clock;
        var limit = properties.sendLimit();
        sending = new Sending(limit.compareTo(LONGEST) < 0 ? limit : LONGEST);
    }

    /**
     * Sends a test message, one at a time for each channel.
     *
     * @throws ResponseStatusException 404 when there can be no such channel, 409 when it is not set up or is being tested
     */
    TestOutcome send(String name) throws InterruptedException {
        var possible = channels.named(name)
                .orElseThrow(() -> Refusal.notFound("there is no such channel", "see GET /api/v1/channels"));
        var channel = possible.channel();
        if (channel == null) {
            var problem = possible.problem();
            throw Refusal.conflict(
                    problem == null ? "the channel is not set up" : problem,
                    "in the environment or .env, set " + possible.settings()
                            + "; then start the notification-service again");
        }
        if (!running.add(name)) {
            throw Refusal.conflict(
                    "a test of this channel is under way",
                    "wait for its end, %d seconds at most, then try again".formatted(LONGEST.toSeconds()));
        }
        try {
            return test(channel);
        } finally {
            running.remove(name);
        }
    }

    private TestOutcome test(Channel channel) throws InterruptedException {
        long begin = System.nanoTime();
        try {
            sending.send(channel, message());
            log.info("a test message was sent by {}", channel.name());
            return new TestOutcome(channel.name(), channel.target(), true, millisSince(begin), null);
        } catch (NotDelivered e) {
            log.warn("a test message could not be sent by {}: {}", channel.name(), e.reason());
            return new TestOutcome(
                    channel.name(), channel.target(), false, millisSince(begin), TestOutcome.Problem.of(e));
        }
    }

    private AlertMessage message() {
        return new AlertMessage(
                Uuids.next(),
                AlertKind.RAISED,
                "[TEST] Holdfast tells you here when a backup fails",
                List.of(
                        new Fact("What this is", "a test message, sent at " + Times.at(clock.instant())),
                        new Fact("What to do", "nothing: it has arrived, so alerts will, too")),
                List.of(),
                properties.consoleUrl() + "/channels");
    }

    private static long millisSince(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }

    @Override
    public void close() {
        sending.close();
    }
}
