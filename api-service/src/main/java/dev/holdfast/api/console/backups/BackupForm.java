package dev.holdfast.api.console.backups;

import dev.holdfast.api.backup.BackupRequest;
import dev.holdfast.common.event.BackupType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the form for a new backup holds.
 *
 * @param media yes, no, or nothing for what the source has
 * @param key the same for each sending of one form, so that two clicks are one backup
 */
record BackupForm(
        @Nullable String source,
        @Nullable String name,
        @Nullable String description,
        @Nullable String type,
        @Nullable String media,
        @Nullable String key) {

    /** An empty one. */
    static BackupForm blank(@Nullable String source, String key) {
        return new BackupForm(source, null, null, "full", "", key);
    }

    /** What is wrong with its choices, by field: each must be one that the form offers, or none at all. */
    Map<String, String> impossibleChoices() {
        var errors = new LinkedHashMap<String, String>();
        if (given(type) != null && kind().isEmpty()) {
            errors.put("type", "must be one of the kinds above");
        }
        if (given(media) != null && !"yes".equals(media) && !"no".equals(media)) {
            errors.put("media", "must be one of the choices above");
        }
        return errors;
    }

    BackupRequest request() {
        return new BackupRequest(
                Objects.requireNonNullElse(given(source), ""),
                given(name),
                given(description),
                kind().orElse(null),
                given(media) == null ? null : "yes".equals(media),
                null);
    }

    private Optional<BackupType> kind() {
        return Arrays.stream(BackupType.values())
                .filter(known -> known.name().equals(String.valueOf(type).toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /** A key as this form gives them out; absent where somebody has made one up. */
    @Nullable
    String ownKey() {
        try {
            return key == null ? null : "console-" + UUID.fromString(key);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip().replace("\r\n", "\n");
    }
}
