package dev.holdfast.notification.incident;

import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.Remedy;
import dev.holdfast.notification.text.StorableText;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** Failures as this service keeps them: as JSON, and no longer than somebody reads. */
final class StoredFailure {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final int LONGEST_LINE = 2000;
    private static final int LONGEST_TEXT = 4000;
    private static final int MOST_REMEDIES = 20;

    private StoredFailure() {}

    static String write(Failure failure) {
        return JSON.writeValueAsString(new Failure(
                failure.code(),
                StorableText.line(failure.summary(), LONGEST_LINE),
                StorableText.of(failure.cause(), LONGEST_TEXT),
                StorableText.of(failure.detail(), LONGEST_TEXT),
                failure.remedies().stream()
                        .limit(MOST_REMEDIES)
                        .map(StoredFailure::bounded)
                        .toList(),
                failure.retryable()));
    }

    static Failure read(String json) {
        return JSON.readValue(json, Failure.class);
    }

    private static Remedy bounded(Remedy remedy) {
        List<String> commands = remedy.commands().stream()
                .limit(MOST_REMEDIES)
                .map(command -> StorableText.of(command, LONGEST_LINE))
                .toList();
        return new Remedy(StorableText.line(remedy.title(), LONGEST_LINE), commands, remedy.destructive());
    }
}
