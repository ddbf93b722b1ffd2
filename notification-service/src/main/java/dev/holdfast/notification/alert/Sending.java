package dev.holdfast.notification.alert;

import dev.holdfast.notification.channel.AlertMessage;
import dev.holdfast.notification.channel.Channel;
import dev.holdfast.notification.channel.DeliveryProblem;
import dev.holdfast.notification.channel.NotDelivered;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives each try an end. A server that says a byte now and then defeats every time limit of a socket; here the try runs in a
 * virtual thread of its own, whose interruption closes the socket that it waits for.
 */
final class Sending implements AutoCloseable {
    private final ExecutorService tries = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration limit;

    Sending(Duration limit) {
        this.limit = limit;
    }

    void send(Channel channel, AlertMessage message) throws NotDelivered, InterruptedException {
        var attempt = tries.submit(() -> {
            channel.send(message);
            return true;
        });
        try {
            attempt.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw NotDelivered.forNow(
                    DeliveryProblem.NO_ANSWER,
                    "the server did not take the message within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotDelivered refused) {
                throw refused;
            }
            // Its own words might quote a secret.
            throw NotDelivered.forNow(
                    DeliveryProblem.UNEXPECTED,
                    "unexpected: " + String.valueOf(e.getCause()).replaceFirst("(?s):.*", ""));
        } finally {
            attempt.cancel(true);
        }
    }

    @Override
    public void close() {
        tries.shutdownNow();
    }
}
