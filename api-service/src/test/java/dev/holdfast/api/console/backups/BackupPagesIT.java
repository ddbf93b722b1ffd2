package dev.holdfast.api.console.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.api.RunningApi;
import dev.holdfast.api.Wire;
import dev.holdfast.api.WorkerEvents;
import dev.holdfast.api.console.sources.SourceGlances;
import dev.holdfast.api.console.sources.SourceRun;
import dev.holdfast.common.event.BackupPhase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class BackupPagesIT {
    private static final String FORM = "application/x-www-form-urlencoded";
    /** A sequence after that of any request. */
    private static final long LATE = Long.MAX_VALUE / 4;

    private static final RunningApi API = RunningApi.shared();
    private static final Wire WIRE = new Wire(API);

    private final String source = "pages " + UUID.randomUUID();

    BackupPagesIT() {
        API.createSource(source);
    }

    @AfterAll
    static void stop() {
        WIRE.close();
    }

    @Test
    void a_form_makes_a_backup_and_leads_to_its_page() {
        var answer = send(
                "source=%s&name=by+hand&type=database&media=&key=%s".formatted(encoded(source), UUID.randomUUID()));

        assertThat(answer.status()).isEqualTo(302);
        var address = answer.header("location");
        assertThat(address).endsWith("?done=backup-requested");
        var page = page(address);
        assertThat(page).contains("<h1>by hand</h1>", "The backup is requested.", "It waits for a worker");
    }

    @Test
    void the_same_form_twice_is_one_backup_and_a_changed_one_is_another() {
        var form = "source=%s&name=twice&type=full&media=&key=%s".formatted(encoded(source), UUID.randomUUID());

        var first = send(form).header("location");

        assertThat(send(form).header("location")).isEqualTo(first);
        assertThat(send(form.replace("twice", "changed")).header("location")).isNotEqualTo(first);
    }

    @Test
    void a_form_without_a_source_is_shown_again_with_what_is_wrong() {
        var answer = send("source=&name=kept&type=full&media=&key=x");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("id=\"source-error\"", "value=\"kept\"", "aria-invalid=\"true\"");
    }

    @Test
    void a_form_of_another_site_is_refused() {
        var answer = API.post(
                "/backups", "source=" + encoded(source), "Content-Type", FORM, "Origin", "https://elsewhere.example");

        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void pages_of_the_list_follow_each_other() {
        for (int at = 0; at < 53; at++) {
            request("number " + at);
        }

        var first = page("/backups?source=" + encoded(source));
        var older =
                first.replaceAll("(?s).*rel=\"next\" href=\"([^\"]+)\".*", "$1").replace("&amp;", "&");
        var second = page(older);

        assertThat(first).contains(">number 52<", ">number 3<").doesNotContain(">number 2<");
        assertThat(second).contains(">number 2<", ">number 0<").doesNotContain(">number 3<", "rel=\"next\"");
        assertThat(second).contains("Back to the newest");
    }

    @Test
    void a_filter_that_does_not_exist_is_refused_on_a_page() {
        var answer = API.get("/backups?status=sleeping", "Accept", "text/html");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("there is no such status", "aria-label=\"Main\"");
    }

    @Test
    void a_search_is_for_beginnings_of_words_and_never_an_error() {
        request("shop_2026 before v12.5 (Ünïted)");

        for (var text : new String[] {"2026", "SHOP", "bef v12", "5", "ünï", "shop_2026 unïted".substring(0, 9)}) {
            assertThat(page("/backups?source=%s&text=%s".formatted(encoded(source), encoded(text))))
                    .as(text)
                    .contains("before v12.5");
        }
        for (var text : new String[] {"026", "'", "& | !", ":*", "\\", "a:*&b", "<->", "\u0000".strip(), "😀"}) {
            assertThat(page("/backups?source=%s&text=%s".formatted(encoded(source), encoded("x9 " + text))))
                    .as(text)
                    .contains("No backup is like this");
        }
    }

    @Test
    void a_running_backup_shows_its_phase_and_what_is_usual() {
        var earlier = WorkerEvents.of(request("earlier"), source);
        WIRE.say(earlier.started(1), LATE);
        WIRE.say(earlier.completed(1), LATE + 1);
        await().until(() -> page("/backups/" + earlier.backup()).contains("badge-completed"));
        var now = WorkerEvents.of(request("now"), source);
        WIRE.say(now.started(1), LATE);
        WIRE.say(now.progressed(1, BackupPhase.DUMP, 3 * 1024 * 1024), LATE + 1);

        await().until(() -> page("/backups/" + now.backup()).contains("Phase: dump"));

        assertThat(page("/backups/" + now.backup())).contains("3.0 MiB", "<progress", "Usually", "Cancel backup");
    }

    @Test
    void media_alone_are_compared_with_no_database_and_are_not_its_last_good_backup() {
        var database = completed(request("the database"));
        var media = request("the media");
        API.bean(JdbcClient.class)
                .sql("update backup set type = 'MEDIA' where id = :id")
                .param("id", UUID.fromString(media))
                .update();
        completed(media);

        assertThat(page("/backups/" + media)).doesNotContain("Changed since the backup before");
        var glance = API.bean(SourceGlances.class).newest().orElseThrow();
        assertThat(glance.source().name()).isEqualTo(source);
        assertThat(glance.lastGood()).extracting(SourceRun::id).isEqualTo(UUID.fromString(database));
    }

    private String completed(String id) {
        var worker = WorkerEvents.of(id, source);
        WIRE.say(worker.started(1), LATE);
        WIRE.say(worker.completed(1), LATE + 1);
        await().until(() -> page("/backups/" + id).contains("badge-completed"));
        return id;
    }

    @Test
    void the_page_is_of_use_while_the_other_services_are_away() {
        API.worker().on("/api/v1/log", exchange -> exchange.sendResponseHeaders(503, -1));
        var id = request("alone");

        assertThat(page("/backups/" + id)).contains("The events can&#39;t be read now".replace("&#39;", "'"));
    }

    @Test
    void cancelling_and_retrying_lead_back_to_the_page() {
        var id = request("stopped");

        var answer = API.post("/backups/" + id + "/cancel", "", "Content-Type", FORM);
        assertThat(answer.header("location")).isEqualTo("/backups/" + id + "?done=backup-cancelled");
        assertThat(page(answer.header("location"))).contains("to be stopped");

        var refused = API.post("/backups/" + id + "/retry", "", "Content-Type", FORM, "Accept", "text/html");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("The backup has not failed");
    }

    @Test
    void no_backup_has_this_id() {
        assertThat(API.get("/backups/" + UUID.randomUUID(), "Accept", "text/html")
                        .status())
                .isEqualTo(404);
        assertThat(API.get("/backups/x", "Accept", "text/html").status()).isEqualTo(404);
    }

    private String request(String name) {
        return API.post("/api/v1/backups", "{\"source\": \"%s\", \"name\": \"%s\"}".formatted(source, name))
                .json()
                .get("id")
                .asString();
    }

    private static RunningApi.Answer send(String form) {
        return API.post("/backups", form, "Content-Type", FORM, "Accept", "text/html");
    }

    private static String page(String address) {
        var answer = API.get(address, "Accept", "text/html");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
