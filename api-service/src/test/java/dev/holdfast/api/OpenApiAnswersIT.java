package dev.holdfast.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is really answered is what the description says: with every field that it calls required, null only where it says so. */
class OpenApiAnswersIT {
    private static final RunningApi API = RunningApi.shared();
    private static final JsonNode DESCRIPTION = API.get("/v3/api-docs").json();

    @Test
    void every_parameter_says_what_it_is() {
        var silent = new ArrayList<String>();
        DESCRIPTION
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .values()
                        .forEach(operation -> operation.path("parameters").forEach(parameter -> {
                            if (parameter.path("description").asString("").isBlank()) {
                                silent.add(path.getKey() + " "
                                        + parameter.path("name").asString());
                            }
                        })));

        assertThat(silent).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/me",
                "/api/v1/accounts",
                "/api/v1/tokens",
                "/api/v1/audit",
                "/api/v1/doctor",
                "/api/v1/sources",
                "/api/v1/sources/{id}",
                "/api/v1/backups",
                "/api/v1/backups/{id}",
                "/api/v1/nowhere"
            })
    void an_answer_is_what_is_described(String path) {
        var source = API.createSource("described " + path);
        var backup = API.post("/api/v1/backups", "{\"source\": \"" + source + "\"}")
                .json()
                .path("id")
                .asString();
        TestAccounts.signInable(API, "viewer");
        TestAccounts.token(API, "viewer");

        var answer = API.get(path.replace("{id}", path.contains("sources") ? source : backup));

        assertThat(answer.status()).as(answer.text()).isEqualTo(path.endsWith("nowhere") ? 404 : 200);
        var described = DESCRIPTION.path("paths").path(path).path("get").path("responses");
        var schema = answer.status() == 200
                ? described.at("/200/content/application~1json/schema")
                : DESCRIPTION.at("/components/schemas/Problem");
        assertThat(schema.isMissingNode()).as("described").isFalse();
        assertThat(faults(schema, answer.text())).as(answer.text()).isEmpty();
    }

    @Test
    void an_answer_without_a_field_or_with_null_in_its_place_is_none() {
        var schema = DESCRIPTION.at("/components/schemas/Me");
        var me = (ObjectNode) API.get("/api/v1/me").json();

        assertThat(faults(schema, me.toString())).isEmpty();
        assertThat(faults(schema, me.deepCopy().putNull("role").toString())).isNotEmpty();
        assertThat(faults(schema, me.deepCopy().without("role").toString())).isNotEmpty();
    }

    private static Iterable<?> faults(JsonNode schema, String answer) {
        var whole = ((ObjectNode) schema.deepCopy());
        whole.set("components", DESCRIPTION.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString(), InputFormat.JSON)
                .validate(answer, InputFormat.JSON);
    }
}
