package dev.holdfast.notification.parked;

import java.time.Instant;
import java.util.UUID;

/**
 * What is parked of one queue.
 *
 * @param messages how many, of which no more than {@link #MOST_COUNTED} are counted
 * @param newest the message that was set aside last, and why
 */
record Parking(int messages, Instant since, Instant last, UUID newest, String reason) {
    static final int MOST_COUNTED = 1000;

    /** How many, in words. */
    String count() {
        return switch (messages) {
            case 1 -> "1 message";
            case MOST_COUNTED -> MOST_COUNTED + " or more messages";
            default -> messages + " messages";
        };
    }
}
