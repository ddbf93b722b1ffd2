package dev.holdfast.common.messaging;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.List;
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

    private final DeadLetters deadLetters;
    private final Counter deadLettered;
    private final BooleanSupplier active;

    /** @param active whether the consumer is still wanted; if not, the message goes back to its queue */
    DeliveryGuard(DeadLetters deadLetters, Counter deadLettered, BooleanSupplier active) {
        this.deadLetters = deadLetters;
        this.deadLettered = deadLettered;
        this.active = active;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation delivery) throws Throwable {
        var backOff = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(5));
        var tries = 0;
        while (true) {
            try {
                return ((ProxyMethodInvocation) delivery).invocableClone().proceed();
            } catch (Exception | StackOverflowError | LinkageError e) {
                var passing = PassingTrouble.caused(e);
                tries += passing ? 0 : 1;
                if (!passing && (tries >= TRIES || isPoison(e))) {
                    bury(messages(delivery), e);
                    return null;
                }
                var pause = backOff.next();
                log.warn("a delivery failed: {}; trying again in {} ms", reason(e), pause.toMillis());
                if (!pause(pause)) {
                    throw e;
                }
            }
        }
    }

    private void bury(List<Message> messages, Throwable failure) {
        var reason = reason(failure);
        for (var message : messages) {
            var properties = message.getMessageProperties();
            deadLetters.add(message, reason);
            deadLettered.increment();
            log.error(
                    "message {} of {} is a dead letter now: {}",
                    properties.getHeaders().get(CloudEventAttributes.PREFIX + "id"),
                    properties.getConsumerQueue(),
                    reason,
                    failure);
        }
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
