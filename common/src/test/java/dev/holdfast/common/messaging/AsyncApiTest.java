package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.EventType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.FileSystemResource;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds docs/asyncapi.yaml against the code. */
class AsyncApiTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JsonNode document = read();

    @Test
    void every_event_type_has_a_message_and_every_message_an_event_type() {
        assertThat(document.at("/components/messages").valueStream().map(message -> text(message, "/name")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(EventType.values())
                        .map(EventType::routingKey)
                        .toList());
        assertThat(document.at("/channels/events/messages").valueStream().map(message -> text(message, "/$ref")))
                .containsExactlyInAnyOrderElementsOf(document.at("/components/messages")
                        .propertyStream()
                        .map(message -> "#/components/messages/" + message.getKey())
                        .toList());
    }

    @Test
    void the_channel_is_the_exchange_that_the_services_declare() {
        assertThat(text(document, "/asyncapi")).startsWith("3.");
        assertThat(text(document, "/channels/events/address")).isEqualTo(EventTopology.EXCHANGE);
        assertThat(text(document, "/channels/events/bindings/amqp/exchange/name"))
                .isEqualTo(EventTopology.EXCHANGE);
        assertThat(text(document, "/channels/events/bindings/amqp/exchange/type"))
                .isEqualTo("topic");
    }

    @ParameterizedTest
    @EnumSource
    void a_message_refers_to_its_schema(EventType type) {
        var message = message(type);

        assertThat(text(message, "/payload/schema/$ref")).isEqualTo("./schemas/" + EventSchemasTest.fileName(type));
        assertThat(text(message, "/headers/$ref")).isEqualTo("#/components/schemas/CloudEventHeaders");
        assertThat(text(message, "/bindings/amqp/messageType")).isEqualTo(type.wireName());
    }

    @ParameterizedTest
    @EnumSource
    void its_example_is_valid_and_is_read_as_that_event(EventType type) {
        var example = message(type).at("/examples/0");
        var payload = example.path("payload");

        assertThat(EventSchemasTest.schema(type).validate(payload)).isEmpty();
        assertThat(example.path("headers").propertyNames())
                .containsExactlyInAnyOrderElementsOf(document.at("/components/schemas/CloudEventHeaders/required")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList());
        var received = MessageBuilder.withPayload(payload.toString().getBytes(StandardCharsets.UTF_8))
                .setHeader(MessageHeaders.CONTENT_TYPE, "application/json");
        example.path("headers").forEachEntry((name, value) -> received.setHeader(name, value.asString()));
        var event = new EventCodec(new SimpleMeterRegistry()).decode(received.build());
        assertThat(event).hasValueSatisfying(read -> assertThat(read.type()).isEqualTo(type));
    }

    private JsonNode message(EventType type) {
        return document.at("/components/messages")
                .valueStream()
                .filter(message -> text(message, "/name").equals(type.routingKey()))
                .findFirst()
                .orElseThrow();
    }

    private static String text(JsonNode node, String pointer) {
        return node.at(pointer).asString();
    }

    private static JsonNode read() {
        var yaml = new YamlMapFactoryBean();
        yaml.setResources(new FileSystemResource("../docs/asyncapi.yaml"));
        return JSON.valueToTree(yaml.getObject());
    }
}
