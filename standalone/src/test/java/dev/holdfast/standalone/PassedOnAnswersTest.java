package dev.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Answers of the notification-service that the api-service passes on as they are: its OpenAPI description has types of its own for
 * them, which must have the same fields.
 */
class PassedOnAnswersTest {

    @ParameterizedTest
    @CsvSource({
        "alert.AlertPage, alert.AlertList",
        "alert.ChannelPage, channel.ChannelList",
        "alert.TestOutcome, channel.ChannelTestResult",
        "log.LogPage, log.LogPage",
        "parked.ParkedPage, parked.ParkedMessageList"
    })
    void an_answer_is_what_the_description_says(String answer, String described) throws ClassNotFoundException {
        var actual = Class.forName("dev.holdfast.notification." + answer);
        var promised = Class.forName("dev.holdfast.api." + described);

        assertThat(form(actual)).isEqualTo(form(promised));
    }

    /** The fields by name, each with what it is in JSON. */
    private static Map<String, Object> form(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> !isAnnotated(component, "JsonIgnore"))
                .collect(Collectors.toMap(
                        RecordComponent::getName,
                        component ->
                                isAnnotated(component, "JsonRawValue") ? "object" : form(component.getGenericType())));
    }

    private static Object form(Type type) {
        return switch (type) {
            case Class<?> plain when plain.isRecord() -> form(plain);
            // Described with the values that it may have.
            case Class<?> plain when plain.isEnum() -> String.class.getName();
            case ParameterizedType list
            when list.getRawType() == List.class -> List.of(form(list.getActualTypeArguments()[0]));
            case ParameterizedType map when map.getRawType() == Map.class -> "object";
            default -> type.getTypeName();
        };
    }

    /** By its name: Jackson's annotations are no dependency of this module. */
    private static boolean isAnnotated(RecordComponent component, String annotation) {
        return Stream.of(component.getAnnotations(), component.getAccessor().getAnnotations())
                .flatMap(Arrays::stream)
                .map(Annotation::annotationType)
                .anyMatch(type -> type.getSimpleName().equals(annotation));
    }
}
