package dev.holdfast.common.messaging;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** Looks whether the broker takes events now, for people who ask why nothing happens. */
public final class BrokerProbe {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final ConnectionFactory connections;
    private final RabbitTemplate template;
    private final BlockedBroker blocked;
    private final OutboxTable outbox;

    BrokerProbe(ConnectionFactory connections, BlockedBroker blocked, OutboxTable outbox) {
        this.connections = connections;
        this.template = new RabbitTemplate(connections);
        this.blocked = blocked;
        this.outbox = outbox;
    }

    /**
     * Asks the broker for the exchange, and the outbox for what waits.
     *
     * @throws org.springframework.dao.DataAccessException when the database does not answer
     */
    public BrokerStanding look() {
        var backlog = outbox.backlog();
        var address = connections.getHost() + ":" + connections.getPort();
        // Asked first: a broker that blocks a connection answers nothing on it.
        if (blocked.isBlocked()) {
            return standing(false, address + " blocks publishing, being short of memory or disk", backlog);
        }
        var answer = answer();
        return answer.fine()
                ? standing(true, answer.words() + " at " + address, backlog)
                : standing(false, address + ": " + answer.words(), backlog);
    }

    private static BrokerStanding standing(boolean takesEvents, String evidence, OutboxTable.Backlog backlog) {
        return new BrokerStanding(takesEvents, evidence, backlog.waiting(), backlog.oldest());
    }

    private record Answer(boolean fine, String words) {}

    /** On a thread of its own: a broker that is frozen would hold the caller until its heartbeat is missed. */
    private Answer answer() {
        var answer = new FutureTask<>(this::ask);
        Thread.ofVirtual().name("broker-probe").start(answer);
        try {
            return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Answer(false, "no answer within " + LIMIT.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            return new Answer(false, rootMessage(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(false, "the question was interrupted");
        }
    }

    private Answer ask() {
        var server = template.execute(channel -> {
            channel.exchangeDeclarePassive(EventTopology.EXCHANGE);
            return channel.getConnection().getServerProperties();
        });
        return new Answer(true, "%s %s answers".formatted(server.get("product"), server.get("version")));
    }

    private static String rootMessage(Throwable thrown) {
        var root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
