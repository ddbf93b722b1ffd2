package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.EventType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Declarable;
import org.springframework.amqp.core.Exchange;
import org.springframework.amqp.core.Queue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the broker of the Compose stack starts with is what the services declare: else they would be refused, or could not start. */
class BrokerDefinitionsTest {
    private static final JsonNode DEFINITIONS = new JsonMapper()
            .readTree(Path.of("../deploy/rabbitmq/definitions.json").toFile());

    @Test
    void the_broker_starts_with_the_exchanges_that_the_services_declare() {
        assertThat(all("exchanges").map(e -> text(e, "name") + " " + text(e, "type")))
                .containsExactlyInAnyOrderElementsOf(declared(Exchange.class)
                        .map(e -> e.getName() + " " + e.getType())
                        .toList());
    }

    @Test
    void the_broker_starts_with_the_queues_that_the_services_declare() {
        assertThat(all("queues").map(q -> text(q, "name") + " " + q.get("arguments")))
                .containsExactlyInAnyOrderElementsOf(declared(Queue.class)
                        .map(q -> q.getName() + " " + new JsonMapper().valueToTree(sorted(q)))
                        .toList());
    }

    @Test
    void the_broker_starts_with_the_bindings_that_the_services_declare() {
        assertThat(all("bindings")
                        .map(b -> "%s -> %s: %s"
                                .formatted(text(b, "source"), text(b, "destination"), text(b, "routing_key"))))
                .containsExactlyInAnyOrderElementsOf(declared(Binding.class)
                        .map(b -> "%s -> %s: %s".formatted(b.getExchange(), b.getDestination(), b.getRoutingKey()))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "worker", "notification"})
    void a_service_declares_everything_and_reads_its_own_queue_alone(String service) {
        var rights = rights("permissions", service);

        assertThat(names())
                .allMatch(name -> name.matches(text(rights, "configure")))
                .allMatch(name -> name.matches(text(rights, "write")));
        assertThat(names().stream()
                        .filter(name -> name.matches(text(rights, "read")))
                        .filter(name -> !name.endsWith(".dlq")))
                .containsExactlyInAnyOrder(
                        EventTopology.EXCHANGE, EventTopology.DEAD_EXCHANGE, EventTopology.queue(service));
        assertThat(List.of("", "amq.topic", "other"))
                .noneMatch(name -> name.matches(text(rights, "configure")) || name.matches(text(rights, "write")));
    }

    @Test
    void only_what_was_set_aside_is_read_and_put_back_by_one_service_for_all() {
        var deadLetterQueues =
                names().stream().filter(name -> name.endsWith(".dlq")).toList();

        assertThat(deadLetterQueues)
                .hasSize(3)
                .allMatch(name -> name.matches(text(rights("permissions", "notification"), "read")));
        // What RabbitMQ calls the default exchange when it asks for rights.
        assertThat("amq.default").matches(text(rights("permissions", "notification"), "write"));
        for (var service : List.of("api", "worker")) {
            assertThat(deadLetterQueues).noneMatch(name -> name.matches(text(rights("permissions", service), "read")));
            assertThat("amq.default").doesNotMatch(text(rights("permissions", service), "write"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_event_is_published_by_the_one_service_whose_affair_it_is(EventType type) {
        assertThat(Stream.of("api", "worker", "notification")
                        .filter(service ->
                                type.routingKey().matches(text(rights("topic_permissions", service), "write"))))
                .containsExactly(publisher(type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "worker", "notification"})
    void nobody_publishes_events_that_there_are_not(String service) {
        var rights = rights("topic_permissions", service);

        assertThat(text(rights, "exchange")).isEqualTo(EventTopology.EXCHANGE);
        assertThat(List.of("", "backup.completed", "backup.completed.v1.", "x.alert.raised.v1", "backup.lost.v1"))
                .noneMatch(key -> key.matches(text(rights, "write")));
        assertThat(all("bindings").map(binding -> text(binding, "routing_key")))
                .allMatch(key -> key.matches(text(rights, "read")));
    }

    private static String publisher(EventType type) {
        return switch (type) {
            case BACKUP_REQUESTED, BACKUP_CANCEL_REQUESTED, SOURCE_DELETED -> "api";
            case BACKUP_STARTED,
                    BACKUP_PROGRESSED,
                    BACKUP_COMPLETED,
                    BACKUP_FAILED,
                    BACKUP_CANCELLED,
                    STORAGE_FAILED,
                    STORAGE_RECOVERED -> "worker";
            case ALERT_RAISED, ALERT_RESOLVED -> "notification";
        };
    }

    /** The broker must not lose what it puts aside by itself while the place for it is gone. */
    @Test
    void what_the_broker_puts_aside_waits_until_it_has_arrived() {
        var policy = all("policies").findFirst().orElseThrow();

        assertThat(EventTopology.groups().map(EventTopology::queue))
                .allMatch(name -> name.matches(text(policy, "pattern")));
        assertThat(EventTopology.groups().map(EventTopology::queue).map(EventTopology::deadLetterQueue))
                .noneMatch(name -> name.matches(text(policy, "pattern")));
        assertThat(text(policy.get("definition"), "dead-letter-strategy")).isEqualTo("at-least-once");
        assertThat(text(policy.get("definition"), "overflow")).isEqualTo("reject-publish");
    }

    @Test
    void nobody_is_guest_or_has_a_password_in_the_file() {
        assertThat(all("users"))
                .hasSize(3)
                .allSatisfy(user -> assertThat(text(user, "password")).matches("@[A-Z]+_PASSWORD@"))
                .allSatisfy(user -> assertThat(text(user, "name")).startsWith("holdfast-"))
                .allSatisfy(user -> assertThat(user.get("tags").size()).isZero());
    }

    private static JsonNode rights(String kind, String service) {
        return all(kind)
                .filter(p -> text(p, "user").equals("holdfast-" + service))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names() {
        return Stream.concat(all("exchanges"), all("queues"))
                .map(node -> text(node, "name"))
                .toList();
    }

    private static Stream<JsonNode> all(String name) {
        return StreamSupport.stream(DEFINITIONS.get(name).spliterator(), false);
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).stringValue();
    }

    private static <T extends Declarable> Stream<T> declared(Class<T> type) {
        return EventTopology.declarables().getDeclarablesByType(type).stream();
    }

    /** In the file's order. */
    private static Map<String, Object> sorted(Queue queue) {
        var arguments = new LinkedHashMap<String, Object>();
        for (var name :
                List.of("x-queue-type", "x-delivery-limit", "x-dead-letter-exchange", "x-dead-letter-routing-key")) {
            if (queue.getArguments().containsKey(name)) {
                arguments.put(name, queue.getArguments().get(name));
            }
        }
        assertThat(arguments).containsExactlyInAnyOrderEntriesOf(queue.getArguments());
        return arguments;
    }
}
