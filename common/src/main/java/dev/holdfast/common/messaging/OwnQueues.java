package dev.holdfast.common.messaging;

import dev.holdfast.common.messaging.EventPublisher.NotPublished;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AmqpAdmin;

/**
 * The queues of our own services. A broker returns what no queue takes, and says nothing where one of several is gone: asked before
 * and after a publication, nobody misses an event because somebody has deleted a queue.
 */
final class OwnQueues {
    private static final List<String> NAMES =
            Stream.of("worker", "api", "notification").map(EventTopology::queue).toList();

    private final AmqpAdmin admin;

    OwnQueues(AmqpAdmin admin) {
        this.admin = admin;
    }

    /**
     * Asks the broker for each.
     *
     * @throws NotPublished when one is gone, or when the broker can't be asked
     */
    void requireAll() throws NotPublished {
        try {
            for (var name : NAMES) {
                if (admin.getQueueInfo(name) == null) {
                    throw new NotPublished("queue " + name + " is gone");
                }
            }
        } catch (AmqpException e) {
            throw new NotPublished("the broker can't be reached", e);
        }
    }
}
