package dev.holdfast.common.messaging;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a record that lacks what its type promises, or has a time that nobody can store. {@code @NullMarked} holds for code that the compiler has seen; what came over
 * the wire has to be looked at.
 */
final class RequiredComponents {
    private RequiredComponents() {}

    static void check(Record value) {
        for (var component : value.getClass().getRecordComponents()) {
            check(read(component, value), component.getAnnotatedType(), component.getName());
        }
    }

    private static void check(@Nullable Object value, AnnotatedType type, String name) {
        switch (value) {
            case null -> {
                if (!type.isAnnotationPresent(Nullable.class) && type.getType() != Object.class) {
                    throw new PoisonEvent("'" + name + "' is missing");
                }
            }
            case Instant time -> {
                if (!Rfc3339.isPossible(time)) {
                    throw new PoisonEvent("'" + name + "' is no RFC 3339 time");
                }
            }
            case Record nested -> check(nested);
            case Collection<?> elements -> elements.forEach(element -> check(element, argument(type, 0), name));
            case Map<?, ?> entries -> entries.values().forEach(element -> check(element, argument(type, 1), name));
            default -> {}
        }
    }

    /** A value below {@code Object}, which is the caller's own JSON, has no declared element type: anything goes there. */
    private static AnnotatedType argument(AnnotatedType type, int index) {
        return type instanceof AnnotatedParameterizedType parameterized
                ? parameterized.getAnnotatedActualTypeArguments()[index]
                : type;
    }

    private static @Nullable Object read(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record's accessor can't be called: " + component, e);
        }
    }
}
