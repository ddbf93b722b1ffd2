package dev.holdfast.notification.alert;

import dev.holdfast.common.failure.Remedy;
import dev.holdfast.notification.channel.DeliveryProblem;
import dev.holdfast.notification.channel.NotDelivered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the sending of a test message has ended.
 *
 * @param target where it was to go, without secrets
 * @param failure why it was not delivered; null when it was
 */
record ChannelTest(
        String channel,
        String target,
        boolean delivered,
        long tookMillis,
        @Nullable Problem failure) {

    /**
     * Why a message was not delivered.
     *
     * @param summary what happened in this case
     * @param retryable whether trying again may help with nothing changed
     */
    record Problem(DeliveryProblem code, String summary, String cause, List<Remedy> remedies, boolean retryable) {

        static Problem of(NotDelivered e) {
            return new Problem(
                    e.problem(), e.reason(), e.problem().cause(), e.problem().remedies(), !e.isPermanent());
        }
    }
}
