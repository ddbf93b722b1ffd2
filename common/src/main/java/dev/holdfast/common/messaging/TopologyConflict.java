package dev.holdfast.common.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Declarable;
import org.springframework.amqp.core.Exchange;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.DeclarationExceptionEvent;
import org.springframework.context.ApplicationListener;

/**
 * Tells of a queue or exchange that the broker has under our name in another form, such as a classic queue: the services can't
 * change it, they try again until somebody does, and what Spring says of it names no remedy. Said once in a while, not at each try.
 */
final class TopologyConflict implements ApplicationListener<DeclarationExceptionEvent> {
    private static final Logger log = LoggerFactory.getLogger(TopologyConflict.class);
    private static final Duration BETWEEN = Duration.ofMinutes(5);

    private final ConnectionFactory connections;
    private final Clock clock;
    private final Map<String, Instant> told = new HashMap<>();

    TopologyConflict(ConnectionFactory connections, Clock clock) {
        this.connections = connections;
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(DeclarationExceptionEvent event) {
        var reason = precondition(event.getThrowable());
        if (reason == null || !isDue(reason)) {
            return;
        }
        if (event.getDeclarable() instanceof Exchange exchange) {
            tell(exchange, reason);
        } else {
            tell(name(event.getDeclarable()), reason);
        }
    }

    private void tell(String queue, String reason) {
        log.error(
                "the broker has {} in another form than these services need (quorum queues; a classic one can't be changed): {}."
                        + " Events may not reach it until somebody removes it; the services then declare it anew."
                        + " Look: rabbitmqctl -p {} list_queues name type messages. Remove it, when it is empty or what is in it"
                        + " may go: rabbitmqctl -p {} delete_queue {}",
                queue,
                reason,
                quoted(connections.getVirtualHost()),
                quoted(connections.getVirtualHost()),
                queue);
    }

    /** No command of its own removes an exchange. Messages are in queues, so none goes with it. */
    private void tell(Exchange exchange, String reason) {
        log.error(
                "the broker has the exchange {} in another form than these services need ({}): {}."
                        + " Events may not get through it until somebody removes it; the services then declare it anew."
                        + " Look: rabbitmqctl -p {} list_exchanges name type. Remove it, which costs no message: rabbitmqctl eval"
                        + " 'rabbit_exchange:delete(rabbit_misc:r(<<\"{}\">>, exchange, <<\"{}\">>), false, <<\"admin\">>).'",
                exchange.getName(),
                exchange.getType(),
                reason,
                quoted(connections.getVirtualHost()),
                connections.getVirtualHost(),
                exchange.getName());
    }

    private synchronized boolean isDue(String reason) {
        var now = clock.instant();
        var last = told.get(reason);
        boolean due = last == null || Duration.between(last, now).compareTo(BETWEEN) >= 0;
        if (due) {
            told.put(reason, now);
        }
        return due;
    }

    /** What the broker says, where it refuses a declaration for what there is already. */
    private static @Nullable String precondition(Throwable failure) {
        return PassingTrouble.causes(failure)
                .flatMap(cause -> cause instanceof ShutdownSignalException signal
                                && signal.getReason() instanceof AMQP.Channel.Close close
                                && close.getReplyCode() == AMQP.PRECONDITION_FAILED
                        ? Stream.of(close.getReplyText())
                        : Stream.empty())
                .findFirst()
                .orElse(null);
    }

    private static String name(@Nullable Declarable declarable) {
        return declarable instanceof Queue queue ? queue.getName() : String.valueOf(declarable);
    }

    private static String quoted(String virtualHost) {
        return "'" + virtualHost + "'";
    }
}
