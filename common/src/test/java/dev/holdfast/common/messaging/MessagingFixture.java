package dev.holdfast.common.messaging;

import static org.awaitility.Awaitility.await;

import dev.holdfast.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** Starts services on a broker, and stops them after each test. */
abstract class MessagingFixture {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private final List<TestService> services = new ArrayList<>();

    abstract BrokerAddress broker();

    EmbeddedPostgres database() {
        return Embedded.DATABASE;
    }

    @AfterEach
    void stopServices() {
        services.forEach(TestService::close);
        services.clear();
    }

    void deleteQueues() {
        broker().use(template -> {
            var admin = new RabbitAdmin(template);
            for (var group : List.of("worker", "api", "notification")) {
                admin.deleteQueue(EventTopology.queue(group));
                admin.deleteQueue(EventTopology.deadLetterQueue(EventTopology.queue(group)));
            }
        });
    }

    TestService consuming(String group, String schema) {
        return started(TestService.consuming(group, broker(), database(), schema));
    }

    TestService publishing(String schema) {
        return started(TestService.publishing(broker(), database(), schema));
    }

    static String aSchema() {
        return "service_" + SCHEMAS.incrementAndGet();
    }

    /** Generous: the machine may be busy with other builds. */
    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
    }

    private TestService started(TestService service) {
        services.add(service);
        return service;
    }
}
