package dev.holdfast.common.messaging;

import static dev.holdfast.common.messaging.MessagingFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.rabbitmq.client.GetResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Exchange;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.testcontainers.images.builder.Transferable;
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
                        .deliveryLimit(-1)
                        .build());
                declare(QueueBuilder.durable(queue)
                        .quorum()
                        .deliveryLimit(50)
                        .deadLetterExchange("holdfast.events.dead")
                        .deadLetterRoutingKey(queue)
                        .build());
            }
        }

        /** RabbitMQ drops what came back twenty times, unless it is told otherwise. */
        @Test
        void a_dead_letter_stays_however_often_its_reader_gives_it_back() {
            storeEach(publishing(aSchema()));
            var queue = EventTopology.deadLetterQueue(EventTopology.queue("api"));

            broker().use(template -> {
                template.convertAndSend("", queue, "a letter");
                for (int i = 0; i < 60; i++) {
                    giveBack(template, queue);
                }

                var letter = Objects.requireNonNull(template.receive(queue, 10_000));
                assertThat(letter.getBody()).isEqualTo("a letter".getBytes(StandardCharsets.UTF_8));
            });
        }

        private static void giveBack(RabbitTemplate template, String queue) {
            template.execute(channel -> {
                var got = new GetResponse[1];
                eventually().until(() -> (got[0] = channel.basicGet(queue, false)) != null);
                channel.basicNack(got[0].getEnvelope().getDeliveryTag(), false, true);
                return null;
            });
        }

        private void declare(Queue queue) {
            broker().use(template ->
                    assertThat(new RabbitAdmin(template).declareQueue(queue)).isEqualTo(queue.getName()));
        }
    }

    @Nested
    class Alarm extends MessagingFixture {
        @Override
        BrokerAddress broker() {
            return Container.address();
        }

        @Test
        void a_broker_that_blocks_publishing_is_seen_and_events_wait_for_its_end() throws Exception {
            var service = consuming("api", aSchema());
            service.store(Events.progress(Events.BACKUP, 1), 1);
            eventually().until(() -> service.received().events().size() == 1);
            assertThat(service.meter("holdfast.broker.blocked")).isZero();

            Container.rabbitmqctl("set_vm_memory_high_watermark", "absolute", "1MB");
            try {
                var waiting = service.store(Events.progress(Events.BACKUP, 2), 2);
                eventually().until(() -> service.meter("holdfast.broker.blocked") == 1);
                var standing = service.bean(BrokerProbe.class).look();
                assertThat(standing.takesEvents()).isFalse();
                assertThat(standing.evidence()).contains("blocks publishing");
                assertThat(service.received().events()).doesNotContain(waiting);
                assertThat(service.pending()).isEqualTo(1);
            } finally {
                Container.rabbitmqctl("set_vm_memory_high_watermark", "0.6");
            }

            eventually()
                    .until(() -> service.received().events().stream()
                                    .map(event -> event.sequence())
                                    .distinct()
                                    .count()
                            == 2);
            eventually().until(() -> service.meter("holdfast.broker.blocked") == 0 && service.pending() == 0);
        }
    }

    /** The users, rights and policies of the Compose stack, in a virtual host of their own. */
    @Nested
    class Rights {
        private static final String FORGED = "backup.completed.v1";

        @BeforeAll
        static void importDefinitions() throws Exception {
            var definitions = Files.readString(Path.of("../deploy/rabbitmq/definitions.json"))
                    .replaceAll("@[A-Z]+_PASSWORD@", "secret");
            Container.RUNNING.copyFileToContainer(Transferable.of(definitions), "/tmp/definitions.json");
            // How long the broker waits before it tries again to put a message aside: three minutes by default.
            Container.rabbitmqctl(
                    "eval", "application:set_env(rabbit, dead_letter_worker_publisher_confirm_timeout, 2000).");
            Container.rabbitmqctl("import_definitions", "/tmp/definitions.json");
        }

        @Test
        void a_result_that_is_forged_by_another_service_is_refused_by_the_broker() {
            as("holdfast-api", connections -> {
                var sending = new ConfirmedSending(connections);

                sending.send(EventTopology.EXCHANGE, "backup.requested.v1", aMessage());
                assertThatExceptionOfType(AmqpException.class)
                        .isThrownBy(() -> sending.send(EventTopology.EXCHANGE, FORGED, aMessage()));
                assertThatExceptionOfType(AmqpException.class)
                        .isThrownBy(() -> sending.send("", EventTopology.queue("notification"), aMessage()));
            });
            as("holdfast-worker", connections -> {
                var sending = new ConfirmedSending(connections);

                sending.send(EventTopology.EXCHANGE, FORGED, aMessage());
                assertThatExceptionOfType(AmqpException.class)
                        .isThrownBy(() -> sending.send(EventTopology.EXCHANGE, "alert.resolved.v1", aMessage()));
            });
            as("holdfast-notification", connections -> {
                var template = new RabbitTemplate(connections);
                assertThat(List.of(next(template), next(template)))
                        .extracting(message -> message.getMessageProperties().getReceivedRoutingKey())
                        .containsExactly("backup.requested.v1", FORGED);
                assertThat(template.receive(EventTopology.queue("notification")))
                        .isNull();
            });
        }

        @Test
        void what_fails_at_each_consumer_is_put_aside_by_the_broker_although_the_place_for_it_was_gone() {
            as("holdfast-notification", connections -> {
                var admin = new RabbitAdmin(connections);
                admin.purgeQueue(EventTopology.queue("notification"));
                admin.deleteExchange(EventTopology.DEAD_EXCHANGE);
                new ConfirmedSending(connections).send(EventTopology.EXCHANGE, "alert.raised.v1", aMessage());

                failAtEachDelivery(connections);
                EventTopology.declarables().getDeclarablesByType(Exchange.class).forEach(admin::declareExchange);
                EventTopology.declarables().getDeclarablesByType(Binding.class).forEach(admin::declareBinding);

                var letters = new LinkedBlockingQueue<DeadLetter>();
                var reader = new DeadLetterQueues(connections, admin).reader(letters::add);
                reader.afterPropertiesSet();
                reader.start();
                try {
                    eventually().untilAsserted(() -> assertThat(letters).hasSize(1));
                } finally {
                    reader.stop();
                }
                var letter = letters.element();
                assertThat(letter.queue()).isEqualTo(EventTopology.queue("notification"));
                assertThat(letter.routingKey()).isEqualTo("alert.raised.v1");
                assertThat(letter.reason()).contains("delivery_limit");
                assertThat(letter.body()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));

                new DeadLetterQueues(connections, admin).replay(letter);

                assertThat(next(new RabbitTemplate(connections)).getBody()).isEqualTo(letter.body());
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"api", "worker", "notification"})
        void each_service_may_declare_what_there_is_and_read_what_is_its_own(String service) {
            as("holdfast-" + service, connections -> {
                var admin = new RabbitAdmin(connections);
                EventTopology.declarables().getDeclarablesByType(Exchange.class).forEach(admin::declareExchange);
                EventTopology.declarables().getDeclarablesByType(Queue.class).forEach(admin::declareQueue);
                EventTopology.declarables().getDeclarablesByType(Binding.class).forEach(admin::declareBinding);

                EventTopology.groups().forEach(group -> {
                    var read =
                            catchThrowable(() -> new RabbitTemplate(connections).receive(EventTopology.queue(group)));
                    assertThat(read == null).as(group).isEqualTo(group.equals(service));
                });
            });
        }

        /** Lets a consumer that answers for nothing have what is there, until the broker gives up on it. */
        private static void failAtEachDelivery(ConnectionFactory connections) {
            var deliveries = new AtomicInteger();
            var consumer = new SimpleMessageListenerContainer(connections);
            consumer.setQueueNames(EventTopology.queue("notification"));
            consumer.setMessageListener(message -> {
                deliveries.incrementAndGet();
                throw new IllegalStateException("goes back to its queue");
            });
            consumer.afterPropertiesSet();
            consumer.start();
            try {
                eventually().until(() -> deliveries.get() > 50);
            } finally {
                consumer.stop();
            }
        }

        private static Message next(RabbitTemplate template) {
            return Objects.requireNonNull(template.receive(EventTopology.queue("notification"), 10_000));
        }

        private static Message aMessage() {
            return MessageBuilder.withBody("{}".getBytes(StandardCharsets.UTF_8))
                    .build();
        }

        private static void as(String user, Consumer<ConnectionFactory> action) {
            var address = Container.address();
            var connections = new CachingConnectionFactory(address.host(), address.port());
            connections.setUsername(user);
            connections.setPassword("secret");
            connections.setVirtualHost("holdfast");
            connections.setPublisherConfirmType(CachingConnectionFactory.ConfirmType.CORRELATED);
            connections.setPublisherReturns(true);
            try {
                action.accept(connections);
            } finally {
                connections.destroy();
            }
        }
    }

    private static final class Container {
        static final RabbitMQContainer RUNNING = new RabbitMQContainer("rabbitmq:4-management");

        static {
            RUNNING.start();
            Runtime.getRuntime().addShutdownHook(new Thread(RUNNING::stop));
        }

        static void rabbitmqctl(String... command) throws Exception {
            var result = RUNNING.execInContainer(
                    Stream.concat(Stream.of("rabbitmqctl"), Stream.of(command)).toArray(String[]::new));
            assertThat(result.getExitCode()).as(result.toString()).isZero();
        }

        static BrokerAddress address() {
            return new BrokerAddress(
                    RUNNING.getHost(), RUNNING.getAmqpPort(), RUNNING.getAdminUsername(), RUNNING.getAdminPassword());
        }
    }
}
