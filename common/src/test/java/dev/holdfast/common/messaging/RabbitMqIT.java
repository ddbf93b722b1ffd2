package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/** The contracts on a real RabbitMQ, and what only that can answer. */
@EnabledIfEnvironmentVariable(named = "HOLDFAST_CONTAINER_TESTS", matches = "true")
class RabbitMqIT {

    @Nested
    class Relay extends OutboxRelayContract {
        @Override
        BrokerAddress broker() {
            return Container.address();
        }
    }

    @Nested
    class Deliveries extends DeliveryContract {
        @Override
        BrokerAddress broker() {
            return Container.address();
        }
    }

    @Nested
    class Topology extends TopologyContract {
        @Override
        BrokerAddress broker() {
            return Container.address();
        }

        @Test
        void a_queue_that_somebody_deletes_comes_back_with_its_consumer() {
            var service = consuming("api", aSchema());
            storeEach(service);
            eventually()
                    .until(() ->
                            service.received().events().size() == Events.full().size());

            broker().use(template -> new RabbitAdmin(template).deleteQueue(EventTopology.queue("api")));

            eventually().untilAsserted(() -> {
                service.store(Events.progress(Events.BACKUP, 1), 100);
                assertThat(service.received().events())
                        .hasSizeGreaterThan(Events.full().size());
            });
        }

        @Test
        void every_queue_is_a_quorum_queue_and_those_of_consumers_dead_letter_what_kills_them() {
            var service = publishing(aSchema());
            storeEach(service);

            for (var group : List.of("worker", "api", "notification")) {
                var queue = EventTopology.queue(group);
                // The broker refuses a declaration that differs from what there is.
                declare(QueueBuilder.durable(EventTopology.deadLetterQueue(queue))
                        .quorum()
                        .build());
                declare(QueueBuilder.durable(queue)
                        .quorum()
                        .deliveryLimit(50)
                        .deadLetterExchange("holdfast.events.dead")
                        .deadLetterRoutingKey(queue)
                        .build());
            }
        }

        private void declare(Queue queue) {
            broker().use(template ->
                    assertThat(new RabbitAdmin(template).declareQueue(queue)).isEqualTo(queue.getName()));
        }
    }

    private static final class Container {
        static final RabbitMQContainer RUNNING = new RabbitMQContainer("rabbitmq:4-management");

        static {
            RUNNING.start();
            Runtime.getRuntime().addShutdownHook(new Thread(RUNNING::stop));
        }

        static BrokerAddress address() {
            return new BrokerAddress(
                    RUNNING.getHost(), RUNNING.getAmqpPort(), RUNNING.getAdminUsername(), RUNNING.getAdminPassword());
        }
    }
}
