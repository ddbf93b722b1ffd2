package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.AMQImpl;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.amqp.core.Declarable;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.DeclarationExceptionEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TopologyConflictTest {
    private static final Queue QUEUE = new Queue("holdfast.events.worker");

    private final CachingConnectionFactory connections = new CachingConnectionFactory("nowhere");
    private final TopologyConflict conflict =
            new TopologyConflict(connections, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void a_queue_of_another_form_is_told_once_with_the_command_that_removes_it(CapturedOutput output) {
        connections.setVirtualHost("backups");

        conflict.onApplicationEvent(refused(406, "PRECONDITION_FAILED - inequivalent arg 'x-queue-type'"));
        conflict.onApplicationEvent(refused(406, "PRECONDITION_FAILED - inequivalent arg 'x-queue-type'"));

        assertThat(output)
                .containsOnlyOnce("rabbitmqctl -p 'backups' delete_queue holdfast.events.worker")
                .contains("inequivalent arg 'x-queue-type'");
    }

    @Test
    void an_exchange_of_another_form_is_told_with_the_command_that_removes_an_exchange(CapturedOutput output) {
        connections.setVirtualHost("backups");

        conflict.onApplicationEvent(
                refused(new TopicExchange("holdfast.events"), 406, "PRECONDITION_FAILED - inequivalent arg 'type'"));

        assertThat(output)
                .contains("has the exchange holdfast.events in another form than these services need (topic)")
                .contains("rabbitmqctl -p 'backups' list_exchanges name type")
                .contains("rabbitmqctl eval 'rabbit_exchange:delete(rabbit_misc:r(<<\"backups\">>, exchange,"
                        + " <<\"holdfast.events\">>), false, <<\"admin\">>).'")
                .doesNotContain("delete_queue");
    }

    @Test
    void what_is_no_conflict_is_none_of_its_business(CapturedOutput output) {
        conflict.onApplicationEvent(refused(403, "ACCESS_REFUSED"));

        assertThat(output).doesNotContain("rabbitmqctl");
    }

    private DeclarationExceptionEvent refused(int code, String text) {
        return refused(QUEUE, code, text);
    }

    private DeclarationExceptionEvent refused(Declarable declarable, int code, String text) {
        var close = new AMQImpl.Channel.Close(code, text, 50, 10);
        var signal = new ShutdownSignalException(false, false, close, null);
        return new DeclarationExceptionEvent(this, declarable, new IllegalStateException(signal));
    }
}
