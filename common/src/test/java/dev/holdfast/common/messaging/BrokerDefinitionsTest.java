package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        var rights = all("permissions")
                .filter(p -> text(p, "user").equals("holdfast-" + service))
                .findFirst()
                .orElseThrow();
        var names = Stream.concat(all("exchanges"), all("queues"))
                .map(node -> text(node, "name"))
                .toList();

        assertThat(names)
                .allMatch(name -> name.matches(text(rights, "configure")))
                .allMatch(name -> name.matches(text(rights, "write")));
        assertThat(names.stream().filter(name -> name.matches(text(rights, "read"))))
                .containsExactlyInAnyOrder(
                        EventTopology.EXCHANGE,
                        EventTopology.DEAD_EXCHANGE,
                        EventTopology.queue(service),
                        EventTopology.deadLetterQueue(EventTopology.queue(service)));
        assertThat(List.of("", "amq.topic", "other"))
                .noneMatch(name -> name.matches(text(rights, "configure")) || name.matches(text(rights, "write")));
    }

    @Test
    void nobody_is_guest_or_has_a_password_in_the_file() {
        assertThat(all("users"))
                .hasSize(3)
                .allSatisfy(user -> assertThat(text(user, "password")).matches("@[A-Z]+_PASSWORD@"))
                .allSatisfy(user -> assertThat(text(user, "name")).startsWith("holdfast-"))
                .allSatisfy(user -> assertThat(user.get("tags").size()).isZero());
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
