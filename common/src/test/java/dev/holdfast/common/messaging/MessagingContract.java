package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** What outbox, relay and topology promise, whichever broker is below them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MessagingContract {
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private final List<TestService> services = new ArrayList<>();
    EmbeddedPostgres database;

    abstract BrokerAddress broker();

    @BeforeAll
    void startDatabase() {
        database = EmbeddedPostgres.temporary();
    }

    @AfterAll
    void stopDatabase() {
        database.close();
    }

    @AfterEach
    void stopServicesAndForgetQueues() {
        services.forEach(TestService::close);
        services.clear();
        broker().use(template -> {
            var admin = new RabbitAdmin(template);
            for (var group : List.of("worker", "api", "notification")) {
                admin.deleteQueue(EventTopology.queue(group));
                admin.deleteQueue(EventTopology.deadLetterQueue(EventTopology.queue(group)));
            }
        });
    }

    @Test
    void an_event_arrives_as_it_was_stored() {
        var service = consuming("api", aSchema());

        var stored = service.store(Events.progress(Events.BACKUP, 7), 42);

        await().atMost(LIMIT).until(() -> !service.received().events().isEmpty());
        assertThat(service.received().events()).containsExactly(stored);
        assertThat(stored.source()).isEqualTo("/holdfast/test-service");
        await().atMost(LIMIT).until(() -> service.pending() == 0);
    }

    @Test
    void on_the_wire_it_is_a_cloud_event_in_binary_mode() {
        var service = publishing(aSchema());

        var stored = service.store(Events.progress(Events.BACKUP, 7), 42);

        await().atMost(LIMIT).until(() -> service.pending() == 0);
        broker().use(template -> {
            var message = template.receive(EventTopology.queue("notification")).getMessageProperties();
            assertThat(message.getReceivedRoutingKey()).isEqualTo("backup.progressed.v1");
            assertThat(message.getContentType()).isEqualTo("application/json");
            assertThat(message.getReceivedDeliveryMode()).isEqualTo(MessageDeliveryMode.PERSISTENT);
            assertThat(message.getHeaders())
                    .containsAllEntriesOf(Map.of(
                            "cloudEvents:specversion", "1.0",
                            "cloudEvents:id", stored.id().toString(),
                            "cloudEvents:source", "/holdfast/test-service",
                            "cloudEvents:type", "dev.holdfast.backup.progressed.v1",
                            "cloudEvents:subject", Events.BACKUP.toString(),
                            "cloudEvents:time", stored.time().toString(),
                            "cloudEvents:sequence", "42"));
            assertThat(message.getHeaders().keySet())
                    .allMatch(name -> name.startsWith("cloudEvents:") || name.startsWith("spring_"));
        });
    }

    TestService consuming(String group, String schema) {
        return started(TestService.consuming(group, broker(), database, schema));
    }

    TestService publishing(String schema) {
        return started(TestService.publishing(broker(), database, schema));
    }

    static String aSchema() {
        return "service_" + SCHEMAS.incrementAndGet();
    }

    private TestService started(TestService service) {
        services.add(service);
        return service;
    }
}
