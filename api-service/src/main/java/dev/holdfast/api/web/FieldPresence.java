package dev.holdfast.api.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells programs which fields are always there, and which may be null: as the records say it, by JSpecify's {@link Nullable}. In
 * JSON Schema 2020-12, which OpenAPI 3.1 goes by, null is a type.
 */
@Component
class FieldPresence implements ModelConverter {
    private static final String REFERENCE = "#/components/schemas/";
    private static final String NULL = "null";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        var resolved = chain.next().resolve(type, context, chain);
        var raw = Json31.mapper().constructType(type.getType()).getRawClass();
        if (resolved != null && raw.isRecord()) {
            model(resolved, context).ifPresent(model -> mark(model, raw.getRecordComponents()));
        }
        return resolved;
    }

    private static Optional<Schema<?>> model(Schema<?> resolved, ModelConverterContext context) {
        var reference = resolved.get$ref();
        return reference == null
                ? Optional.of(resolved)
                : Optional.ofNullable(context.getDefinedModels().get(reference.replace(REFERENCE, "")));
    }

    @SuppressWarnings("rawtypes") // as swagger-core has it
    private static void mark(Schema<?> model, RecordComponent[] components) {
        Map<String, Schema> properties = model.getProperties();
        if (properties == null) {
            return;
        }
        for (var component : components) {
            var name = component.getName();
            var property = properties.get(name);
            if (property == null) {
                continue;
            }
            if (isNullable(component) && !isLeftOut(component)) {
                properties.put(name, orNull(property));
            } else if (!isNullable(component) && !component.getAccessor().isAnnotationPresent(JsonInclude.class)) {
                require(model, name);
            }
        }
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** Where there is none, the field is not there at all. */
    private static boolean isLeftOut(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonInclude.class)
                || component.getDeclaringRecord().isAnnotationPresent(JsonInclude.class);
    }

    private static void require(Schema<?> model, String name) {
        if (model.getRequired() == null || !model.getRequired().contains(name)) {
            model.addRequiredItem(name);
        }
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // as swagger-core has it
    private static Schema orNull(Schema property) {
        if (property.get$ref() != null) {
            var either = new Schema<>();
            either.setAnyOf(List.of(new Schema<>().$ref(property.get$ref()), new Schema<>().types(Set.of(NULL))));
            either.setDescription(property.getDescription());
            return either;
        }
        if (property.getTypes() != null && !property.getTypes().contains(NULL)) {
            property.addType(NULL);
            if (property.getEnum() != null) {
                property.addEnumItemObject(null);
            }
        }
        return property;
    }
}
