package dev.holdfast.api.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.api.PageClient;
import dev.holdfast.api.RunningApi;
import dev.holdfast.api.TestAccounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class AuditIT {
    private static final RunningApi API = RunningApi.shared();

    @Test
    void who_did_what_to_which_source_is_there_with_its_outcome() {
        var token = TestAccounts.token(API, "administrator");
        var created = API.post("/api/v1/sources", """
                {"name": "audited", "host": "127.0.0.1", "port": 5432, "database": "a", "username": "a", "password": "p"}
                """, "Authorization", "Bearer " + token);
        var id = created.json().get("id").asString();
        API.send("DELETE", "/api/v1/sources/" + id, null, "Authorization", "Bearer " + token);

        var create = newest("source.create");
        var delete = newest("source.delete");

        assertThat(create.get("actor").asString()).endsWith("(token test)");
        assertThat(create.get("actorKind").asString()).isEqualTo("TOKEN");
        assertThat(create.get("status").asInt()).isEqualTo(201);
        assertThat(create.get("result").asString()).isEqualTo("/api/v1/sources/" + id);
        assertThat(delete.get("target").asString()).isEqualTo("/api/v1/sources/" + id);
        assertThat(delete.get("status").asInt()).isEqualTo(204);
        assertThat(delete.get("address").asString()).isEqualTo("127.0.0.1");
    }

    @Test
    void the_page_names_what_it_was_done_to_as_far_as_it_is_known() {
        var kept = API.createSource("<b>audited by name</b>");
        var gone = API.createSource("audited and gone");
        var bare = API.createSource("audited without a trace");
        API.post("/sources/" + kept + "/pause", "", "Content-Type", "application/x-www-form-urlencoded");
        var backup = API.post("/api/v1/backups", "{\"source\": \"audited and gone\", \"name\": \"of the night\"}");
        API.send("POST", backup.header("location") + "/cancel", null);
        API.bean(JdbcClient.class)
                .sql("update backup set status = 'FAILED' where source_id = ?::uuid")
                .param(gone)
                .update();
        API.send("DELETE", "/api/v1/sources/" + gone, null);
        API.send("DELETE", "/api/v1/sources/" + bare, null);

        assertThat(row("source.pause")).contains("&lt;b&gt;audited by name&lt;/b&gt;", "/sources/" + kept + "/pause");
        assertThat(row("backup.cancel")).contains("audited and gone: of the night");
        assertThat(row("backup.request")).contains("audited and gone: of the night", "→ /api/v1/backups/");
        assertThat(API.get("/audit?action=source.delete", "Accept", "text/html").text())
                .contains(">audited and gone<", "/api/v1/sources/" + gone, "/api/v1/sources/" + bare)
                .doesNotContain("audited without a trace");
        assertThat(API.get("/audit?action=sign-in", "Accept", "text/html").status())
                .isEqualTo(200);
    }

    /** The newest row of the page. */
    private static String row(String action) {
        var page = API.get("/audit?action=" + action, "Accept", "text/html").text();
        var row = page.substring(
                page.indexOf("<tr", page.indexOf("<tbody")), page.indexOf("</tr>", page.indexOf("<tbody")));
        assertThat(row).contains(">" + action + "<");
        return row;
    }

    @Test
    void signing_in_and_failing_to_are_there_and_what_was_typed_is_not() {
        var name = TestAccounts.signInable(API, "viewer");

        new PageClient(API).signIn(name, "a wrong one");
        var failed = newest("sign-in");
        new PageClient(API).signIn("my-password-typed-as-a-name", "x");
        var unknown = newest("sign-in");
        PageClient.signedIn(API, name);
        var succeeded = newest("sign-in");

        assertThat(failed.get("target").asString()).isEqualTo(name);
        assertThat(failed.get("status").asInt()).isEqualTo(401);
        assertThat(unknown.get("target").asString()).isEqualTo("an unknown name");
        assertThat(succeeded.get("actor").asString()).isEqualTo(name);
        assertThat(succeeded.get("status").asInt()).isEqualTo(200);
    }

    @Test
    void a_download_is_there() {
        API.get("/api/v1/backups/00000000-0000-0000-0000-000000000001/artifacts/database.dump");

        assertThat(newest("artifact.download").get("target").asString())
                .isEqualTo("/api/v1/backups/00000000-0000-0000-0000-000000000001/artifacts/database.dump");
        assertThat(newest("artifact.download").get("status").asInt()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit set actor = 'somebody else'",
                "delete from audit",
                "truncate audit, audit_outcome",
                "update audit_outcome set status = 200",
                "delete from audit_outcome"
            })
    void nobody_changes_what_has_happened(String statement) {
        API.get("/api/v1/backups/00000000-0000-0000-0000-000000000001/artifacts/database.dump");
        var jdbc = API.bean(JdbcClient.class);

        assertThatThrownBy(() -> jdbc.sql(statement).update()).isInstanceOf(DataAccessException.class);
        assertThat(jdbc.sql(
                                "select has_table_privilege('holdfast_api', 'audit', 'UPDATE, DELETE, TRUNCATE')"
                                        + " or has_table_privilege('holdfast_api', 'audit_outcome', 'UPDATE, DELETE, TRUNCATE')")
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }

    @Test
    void a_page_further_back_goes_on_where_the_first_ends() {
        for (int n = 0; n < 3; n++) {
            API.get("/api/v1/backups/00000000-0000-0000-0000-000000000001/artifacts/database.dump");
        }

        var first = API.get("/api/v1/audit?limit=2&action=artifact.download").json();
        var second = API.get("/api/v1/audit?limit=2&action=artifact.download&cursor="
                        + first.get("next").asString())
                .json();

        assertThat(second.at("/items/0/id").asString())
                .isLessThan(first.at("/items/1/id").asString());
    }

    private static JsonNode newest(String action) {
        return API.get("/api/v1/audit?limit=1&action=" + action).json().at("/items/0");
    }
}
