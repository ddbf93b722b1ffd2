package dev.holdfast.api.web;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.MigrationState;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Examples of what all services share, which knows nothing of OpenAPI: real values, field by field. */
final class CommonExamples {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private static final Failure FAILURE = Failure.of(
            FailureCode.STORAGE_PERMISSION_DENIED,
            "/app/backups refuses the user that the worker runs as (uid 1001): it belongs to 0:0 with mode 0755",
            "/app/backups/webshop: Permission denied",
            Map.of("path", "/app/backups", "uid", "1001", "gid", "1001"));

    private static final Map<String, Record> VALUES = Map.of(
            "Artifact",
            new Artifact(
                    "database.dump", 1_308_622_848, "2bd9dab8043386ca69ff679120e3048c450ddeee87f12a2f1a19c7e88d720784"),
            "MigrationState",
            new MigrationState("public.django_migrations", 42, 0, List.of("auth.0012_alter_user")),
            "Failure",
            FAILURE,
            "Remedy",
            FAILURE.remedies().getFirst());

    private CommonExamples() {}

    static void addTo(OpenAPI description) {
        var schemas = description.getComponents().getSchemas();
        VALUES.forEach((name, value) -> {
            Schema<?> schema = Objects.requireNonNull(schemas.get(name), name);
            JSON.convertValue(value, FIELDS).forEach((field, example) -> {
                Schema<?> property =
                        Objects.requireNonNull(schema.getProperties().get(field), field);
                // What is made of other schemas has its example from them.
                if (property.getItems() == null || property.getItems().get$ref() == null) {
                    property.setExample(example);
                }
            });
        });
    }
}
