package dev.holdfast.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Validator;
import jakarta.validation.groups.Default;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.MethodParameter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the description gives as examples is there for every field, is what its schema says, and would be taken if it were sent. */
class OpenApiExamplesIT {
    private static final RunningApi API = RunningApi.shared();
    private static final JsonNode DESCRIPTION = API.get("/v3/api-docs").json();
    private static final JsonNode SCHEMAS = DESCRIPTION.at("/components/schemas");

    @Test
    void every_field_has_an_example() {
        var missing = new ArrayList<String>();
        SCHEMAS.properties()
                .forEach(schema -> schema.getValue().path("properties").properties().stream()
                        .filter(field -> !hasExample(field.getValue()))
                        .forEach(field -> missing.add(schema.getKey() + "." + field.getKey())));

        assertThat(SCHEMAS.size()).isGreaterThan(30);
        assertThat(missing).as("give it @Schema(example = ...)").isEmpty();
    }

    @Test
    void every_example_is_what_its_schema_says() {
        var faults = new ArrayList<String>();
        SCHEMAS.properties().forEach(named -> {
            var schema = named.getValue();
            if (schema.has("example")) {
                check(schema.get("example"), schema, named.getKey(), faults);
            }
            schema.path("properties").properties().stream()
                    .filter(field -> field.getValue().has("example"))
                    .forEach(field -> check(
                            field.getValue().get("example"),
                            field.getValue(),
                            named.getKey() + "." + field.getKey(),
                            faults));
        });

        assertThat(faults).isEmpty();
    }

    @Test
    void every_answer_in_json_says_what_it_has() {
        var silent = operations()
                .flatMap(operation -> operation.path("responses").properties().stream()
                        .flatMap(answer -> answer.getValue().path("content").properties().stream())
                        .filter(content -> !content.getValue().has("schema"))
                        .map(content -> operation.path("operationId").asString()))
                .toList();

        assertThat(silent).isEmpty();
    }

    static Stream<HandlerMethod> methodsWithBody() {
        return API.beans(RequestMappingHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().values().stream())
                .filter(method -> method.hasMethodAnnotation(Operation.class))
                .filter(method -> body(method) != null);
    }

    @ParameterizedTest
    @MethodSource("methodsWithBody")
    void the_example_of_a_request_is_read_and_valid(HandlerMethod method) {
        var id = method.getMethodAnnotation(Operation.class).operationId();
        var described = operations()
                .filter(operation -> operation.path("operationId").asString().equals(id))
                .findFirst()
                .orElseThrow();
        var example = example(described.at("/requestBody/content/application~1json/schema"));

        var body = body(method);
        var json = json();
        Object request = json.readValue(example.toString(), json.constructType(body.getGenericParameterType()));

        assertThat(API.bean(Validator.class).validate(request, groups(body)))
                .as(example.toString())
                .isEmpty();
    }

    private static MethodParameter body(HandlerMethod method) {
        return Stream.of(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .findFirst()
                .orElse(null);
    }

    private static Class<?>[] groups(MethodParameter body) {
        var validated = body.getParameterAnnotation(Validated.class);
        return validated == null ? new Class<?>[] {Default.class} : validated.value();
    }

    /** The very one that reads requests. */
    private static JsonMapper json() {
        return API.bean(RequestMappingHandlerAdapter.class).getMessageConverters().stream()
                .filter(JacksonJsonHttpMessageConverter.class::isInstance)
                .map(JacksonJsonHttpMessageConverter.class::cast)
                .findFirst()
                .orElseThrow()
                .getMapper();
    }

    private static Stream<JsonNode> operations() {
        return DESCRIPTION.path("paths").values().stream().flatMap(path -> path.values().stream());
    }

    /** Without null, which is a type where a field may be null. */
    private static String type(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray() ? type.get(0).asString() : type.asString("");
    }

    private static JsonNode resolved(JsonNode schema) {
        if (schema.has("anyOf")) {
            return resolved(schema.get("anyOf").get(0));
        }
        var name = schema.path("$ref").asString("");
        return name.isEmpty() ? schema : SCHEMAS.get(name.replace("#/components/schemas/", ""));
    }

    private static boolean hasExample(JsonNode schema) {
        return schema.has("$ref")
                || schema.has("anyOf")
                || schema.has("example")
                || schema.has("enum")
                || List.of("object", "boolean").contains(type(schema))
                || (type(schema).equals("array") && hasExample(schema.get("items")));
    }

    /** As Swagger UI puts one together. */
    private static JsonNode example(JsonNode reference) {
        var schema = resolved(reference);
        if (schema.has("example")) {
            return schema.get("example");
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(0);
        }
        var nodes = JsonNodeFactory.instance;
        return switch (type(schema)) {
            case "object" -> {
                var object = nodes.objectNode();
                schema.path("properties")
                        .properties()
                        .forEach(field -> object.set(field.getKey(), example(field.getValue())));
                yield object;
            }
            case "array" -> nodes.arrayNode().add(example(schema.get("items")));
            case "boolean" -> nodes.booleanNode(true);
            default -> throw new AssertionError("there is no example of " + schema);
        };
    }

    private static void check(JsonNode value, JsonNode reference, String where, List<String> faults) {
        var schema = resolved(reference);
        if (value.isNull()) {
            return;
        }
        var right = switch (type(schema)) {
            case "string" -> value.isString() && isOneOf(value, schema) && hasFormat(value.asString(), schema);
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            default -> value.isObject();
        };
        if (!right) {
            faults.add(where + " is " + value);
            return;
        }
        value.forEach(element -> {
            if (value.isArray()) {
                check(element, schema.get("items"), where + "[]", faults);
            }
        });
        var fields = schema.path("properties");
        value.properties().forEach(field -> {
            if (fields.has(field.getKey())) {
                check(field.getValue(), fields.get(field.getKey()), where + "." + field.getKey(), faults);
            } else if (!schema.has("additionalProperties")) {
                faults.add(where + " has no " + field.getKey());
            }
        });
    }

    private static boolean isOneOf(JsonNode value, JsonNode schema) {
        return !schema.has("enum")
                || StreamSupport.stream(schema.get("enum").spliterator(), false).anyMatch(value::equals);
    }

    private static boolean hasFormat(String value, JsonNode schema) {
        return switch (schema.path("format").asString("")) {
            case "uuid" -> UUID.fromString(value).version() == 7;
            case "date-time" -> value.endsWith("Z") && Instant.parse(value).isAfter(Instant.EPOCH);
            default -> !value.isBlank();
        };
    }
}
