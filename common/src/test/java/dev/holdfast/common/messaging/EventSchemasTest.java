package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.holdfast.common.event.EventType;
import dev.holdfast.common.event.HoldfastEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds docs/schemas against the records. */
class EventSchemasTest {
    static final Path DIRECTORY = Path.of("../docs/schemas");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final EventCodec codec = new EventCodec(new SimpleMeterRegistry());

    @Test
    void every_event_type_has_a_schema_and_every_schema_an_event_type() throws IOException {
        try (var files = Files.list(DIRECTORY)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(EventType.values())
                            .map(EventSchemasTest::fileName)
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_schema_says_what_its_record_says(EventType type) {
        var schema = JSON.readTree(DIRECTORY.resolve(fileName(type)).toFile());

        assertThat(schema.path("$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("$id").asString()).isEqualTo("urn:holdfast:schema:" + type.routingKey());
        assertDescribes(schema, schema, type.dataType());
    }

    static Stream<HoldfastEvent> events() {
        return Stream.concat(Events.full().stream(), Events.minimal().stream());
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_is_valid_by_its_schema(HoldfastEvent event) {
        assertThat(schema(EventType.of(event)).validate(codec.toJson(event), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_with_a_field_of_a_later_version_is_valid_and_one_without_its_first_field_is_not(HoldfastEvent event) {
        var schema = schema(EventType.of(event));
        var json = codec.toJson(event);

        assertThat(schema.validate(json.replaceFirst("\\{", "{\"later\": [1],"), InputFormat.JSON))
                .isEmpty();
        assertThat(schema.validate(json.replaceFirst("\"[a-zA-Z]+\"", "\"other\""), InputFormat.JSON))
                .isNotEmpty();
    }

    static Schema schema(EventType type) {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(DIRECTORY.resolve(fileName(type))), InputFormat.JSON);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static String fileName(EventType type) {
        return type.routingKey() + ".schema.json";
    }

    private static void assertDescribes(JsonNode root, JsonNode schema, Class<?> type) {
        var components = Arrays.asList(type.getRecordComponents());
        assertThat(schema.path("properties").propertyNames())
                .as("properties of %s", type.getSimpleName())
                .containsExactlyInAnyOrderElementsOf(
                        components.stream().map(RecordComponent::getName).toList());
        assertThat(schema.path("required").valueStream().map(JsonNode::asString))
                .as("required by %s", type.getSimpleName())
                .containsExactlyInAnyOrderElementsOf(components.stream()
                        .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                        .map(RecordComponent::getName)
                        .toList());
        assertThat(schema.has("additionalProperties"))
                .as("%s may grow", type.getSimpleName())
                .isFalse();
        for (var component : components) {
            assertDescribes(root, schema.path("properties").path(component.getName()), component.getAnnotatedType());
        }
    }

    /** Follows records, and lists and maps of records; an id or a secret is a record in Java and a string in JSON. */
    private static void assertDescribes(JsonNode root, JsonNode property, AnnotatedType type) {
        var resolved = resolve(root, property);
        if (type instanceof AnnotatedParameterizedType generic) {
            var arguments = generic.getAnnotatedActualTypeArguments();
            var elements = arguments.length == 1 ? "items" : "additionalProperties";
            if (resolved.has(elements)) {
                assertDescribes(root, resolved.path(elements), arguments[arguments.length - 1]);
            }
        } else if (type.getType() instanceof Class<?> raw
                && raw.isRecord()
                && resolved.path("type").asString("").equals("object")) {
            assertDescribes(root, resolved, raw);
        }
    }

    private static JsonNode resolve(JsonNode root, JsonNode schema) {
        var reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : root.at(reference.substring(1));
    }
}
