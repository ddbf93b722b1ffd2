package dev.holdfast.common.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.MessageListenerContainer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives a service its {@link Outbox}, {@link Inbox} and {@link EventCodec}, and the relay and the queues behind them. The service
 * brings a data source, the tables of {@code classpath:db/messaging}, and the settings of {@code holdfast-messaging.yaml}.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.cloud.stream.function.FunctionConfiguration"
        })
class MessagingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    EventCodec eventCodec(ObjectProvider<MeterRegistry> meters) {
        return new EventCodec(meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    OutboxTable outboxTable(JdbcClient jdbc) {
        return new OutboxTable(jdbc);
    }

    @Bean
    Outbox outbox(OutboxTable table, EventCodec codec, Clock clock, Environment environment) {
        return new JdbcOutbox(
                table, codec, clock, "/holdfast/" + environment.getRequiredProperty("spring.application.name"));
    }

    @Bean
    Inbox inbox(JdbcClient jdbc, Clock clock) {
        return new JdbcInbox(jdbc, clock);
    }

    @Bean
    Declarables eventTopology() {
        return EventTopology.declarables();
    }

    @Bean
    TopologyConflict topologyConflict(ConnectionFactory connections, Clock clock) {
        return new TopologyConflict(connections, clock);
    }

    @Bean
    OutboxRelay outboxRelay(
            OutboxTable table,
            DataSource dataSource,
            StreamBridge bridge,
            EventCodec codec,
            PlatformTransactionManager transactions,
            AmqpAdmin topology,
            Clock clock,
            ObjectProvider<MeterRegistry> meters) {
        return new OutboxRelay(
                table,
                new OutboxSignal(dataSource),
                new EventPublisher(bridge, codec),
                new TransactionTemplate(transactions),
                topology,
                clock,
                meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    BlockedBroker blockedBroker(ConnectionFactory connections, ObjectProvider<MeterRegistry> meters) {
        return new BlockedBroker(connections, meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    BrokerProbe brokerProbe(ConnectionFactory connections, BlockedBroker blocked, OutboxTable outbox) {
        return new BrokerProbe(connections, blocked, outbox);
    }

    @Bean
    DeadLetterQueues deadLetterQueues(ConnectionFactory connections, AmqpAdmin topology) {
        return new DeadLetterQueues(connections, topology);
    }

    @Bean
    ListenerContainerCustomizer<MessageListenerContainer> deliveryGuard(
            ConnectionFactory connections, AmqpAdmin topology, ObjectProvider<MeterRegistry> meters) {
        var counter = Counter.builder("holdfast.events.dead.lettered")
                .description("received messages that could not be handled and wait in a dead-letter queue")
                .register(meters.getIfAvailable(SimpleMeterRegistry::new));
        var burial = new Burial(new DeadLetters(connections), topology, counter);
        return (container, destination, group) -> {
            if (container instanceof AbstractMessageListenerContainer listening) {
                listening.setAdviceChain(new DeliveryGuard(burial, listening::isActive));
                // A queue that somebody deletes comes back with its next consumer.
                listening.setAmqpAdmin(topology);
                // A login that is refused now may be allowed later; a consumer that gave up would need a restart.
                listening.setPossibleAuthenticationFailureFatal(false);
            }
        };
    }
}
