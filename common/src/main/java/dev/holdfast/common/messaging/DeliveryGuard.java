package dev.holdfast.common.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Message;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.NestedExceptionUtils;

/**
 * Decides what becomes of a delivery that its consumer could not handle. Trouble that passes is waited out, however long it takes,
 * with the message kept; a poisoned message is a dead letter at once; anything else gets a few tries and is then a dead letter.
 * Works alike on brokers with and without dead-lettering of their own.
 */
final class DeliveryGuard implements MethodInterceptor {
    private static final Logger log = LoggerFactory.getLogger(DeliveryGuard.class);

    static final int TRIES = 3;

    private static final Duration STEP = Duration.ofMillis(50);
    private static final int LONGEST_REASON = 300;

    private final Optional<Burial> burial;
    private final BooleanSupplier active;

    /** @param active whether the consumer is still wanted; if not, the message goes back to its queue */
    DeliveryGuard(Burial burial, BooleanSupplier active) {
        this(Optional.of(burial), active);
    }

    private DeliveryGuard(Optional<Burial> burial, BooleanSupplier active) {
        this.burial = burial;
        this.active = active;
    }

    /** For a consumer behind which there is no further place: whatever the trouble is, it is waited out. */
    static DeliveryGuard waiting(BooleanSupplier active) {
        return new DeliveryGuard(Optional.empty(), active);
    }

    @Override
    public @Nullable Object invoke(MethodInvocation delivery) throws Throwable {
        var backOff = backOff();
        var tries = 0;
        while (true) {
            try {
                return ((ProxyMethodInvocation) delivery).invocableClone().proceed();
            } catch (Exception | StackOverflowError | LinkageError e) {
                var passing = burial.isEmpty() || PassingTrouble.caused(e);
                tries += passing ? 0 : 1;
                if (!passing && (tries >= TRIES || isPoison(e))) {
                    bury(messages(delivery), e);
                    return null;
                }
                repeatLater(e, backOff);
            }
        }
    }

    /** A message that can't be put aside now is in trouble that passes, too: it must not get lost between two queues. */
    private void bury(List<Message> messages, Throwable failure) throws Throwable {
        var backOff = backOff();
        for (var message : messages) {
            while (!burial.orElseThrow().bury(message, reason(failure), failure)) {
                pauseOrThrow(backOff.next(), failure);
            }
        }
    }

    private void repeatLater(Throwable failure, BackOff backOff) throws Throwable {
        var pause = backOff.next();
        log.warn("a delivery failed: {}; trying again in {} ms", reason(failure), pause.toMillis());
        pauseOrThrow(pause, failure);
    }

    private void pauseOrThrow(Duration pause, Throwable failure) throws Throwable {
        if (!pause(pause)) {
            throw failure;
        }
    }

    private static BackOff backOff() {
        return new BackOff(Duration.ofMillis(100), Duration.ofSeconds(5));
    }

    private static boolean isPoison(Throwable failure) {
        return PassingTrouble.causes(failure).anyMatch(PoisonEvent.class::isInstance);
    }

    /** The first line alone: PostgreSQL tells the contents of a row in the next. */
    private static String reason(Throwable failure) {
        var cause = NestedExceptionUtils.getMostSpecificCause(failure);
        var poison = PassingTrouble.causes(failure)
                .filter(PoisonEvent.class::isInstance)
                .findFirst();
        var named = poison.orElse(cause);
        var text = named.getClass().getSimpleName() + ": "
                + String.valueOf(named.getMessage()).lines().findFirst().orElse("");
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
    }

    private boolean pause(Duration pause) throws InterruptedException {
        for (var waited = Duration.ZERO; waited.compareTo(pause) < 0; waited = waited.plus(STEP)) {
            if (!active.getAsBoolean()) {
                return false;
            }
            LockSupport.parkNanos(STEP.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }

    private static List<Message> messages(MethodInvocation delivery) {
        return Stream.of(delivery.getArguments())
                .flatMap(argument -> argument instanceof List<?> list ? list.stream() : Stream.of(argument))
                .filter(Message.class::isInstance)
                .map(Message.class::cast)
                .toList();
    }
}
