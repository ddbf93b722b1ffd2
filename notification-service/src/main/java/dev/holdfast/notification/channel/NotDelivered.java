package dev.holdfast.notification.channel;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message was not taken. */
public final class NotDelivered extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final DeliveryProblem problem;
    private final boolean permanent;
    private final @Nullable Duration retryAfter;

    private NotDelivered(DeliveryProblem problem, String message, boolean permanent, @Nullable Duration retryAfter) {
        super(message);
        this.problem = problem;
        this.permanent = permanent;
        this.retryAfter = retryAfter;
    }

    /** The other side will never take it. */
    public static NotDelivered permanently(DeliveryProblem problem, String reason) {
        return new NotDelivered(problem, reason, true, null);
    }

    /** It may pass. */
    public static NotDelivered forNow(DeliveryProblem problem, String reason) {
        return new NotDelivered(problem, reason, false, null);
    }

    /** The other side wants to be left alone for that long, with every message. */
    public static NotDelivered until(DeliveryProblem problem, String reason, Duration retryAfter) {
        return new NotDelivered(problem, reason, false, retryAfter);
    }

    /** Which kind of thing it is, with cause and remedy. */
    public DeliveryProblem problem() {
        return problem;
    }

    /** Why in this case, free of secrets. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    public boolean isPermanent() {
        return permanent;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
