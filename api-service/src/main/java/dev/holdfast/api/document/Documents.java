package dev.holdfast.api.document;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads JSON columns; a column of a newer version may have fields that this one does not know. */
@Component
public final class Documents {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final JsonMapper CANONICAL = JSON.rebuild()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** The text for a column; null for a value that is not there. */
    public @Nullable String write(@Nullable Object value) {
        return value == null ? null : text(value);
    }

    /** The text of a value that is there. */
    public String text(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** The same text for the same value, in whatever order its fields came. */
    public String canonical(Object value) {
        return CANONICAL.writeValueAsString(value);
    }

    /** The value of a column. */
    public <T> @Nullable T read(@Nullable String column, TypeReference<T> type) {
        return column == null ? null : JSON.readValue(column, type);
    }
}
