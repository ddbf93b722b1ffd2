package dev.holdfast.notification.channel;

import java.time.Duration;

/**
 * A way in which people are told. A message may be sent twice (after a crash between sending and noting it): it then carries the
 * same identity, so that the receiver can tell. A call may take long and is interrupted when it takes too long; it must end then.
 */
public interface Channel {

    /** Short and stable: it is stored with each delivery. */
    String name();

    /** Where messages go, for people; what of it is a secret is left out. */
    String target();

    /** The least time between two messages. */
    Duration pace();

    /**
     * Sends a message: returns when the other side has taken it.
     *
     * @throws NotDelivered when it has not; says whether another try may help. The text holds no secret.
     */
    void send(AlertMessage message) throws NotDelivered;
}
