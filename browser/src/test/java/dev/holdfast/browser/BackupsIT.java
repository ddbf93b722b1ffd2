package dev.holdfast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ConsoleStart.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupsIT {
    private static final LocatorAssertions.HasTextOptions WITHIN_A_BACKUP =
            new LocatorAssertions.HasTextOptions().setTimeout(60_000);

    private final Console console;

    BackupsIT(Console console) {
        this.console = console;
    }

    @BeforeAll
    void sources() {
        console.source("webshop");
        console.rest().source("misspelt", console.server(), Console.DATABASE, "not the password");
    }

    @Test
    void a_backup_is_created_and_followed_to_its_end_without_reloading() {
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/");
            page.locator("#create").click();
            page.selectOption("#source", "webshop");
            page.fill("#name", "Before the upgrade");
            page.fill("#description", "Version 2 goes live at noon");
            page.locator("button#create").click();

            assertThat(page.locator("h1")).hasText("Before the upgrade");
            assertThat(page.locator(".notice")).containsText("requested");
            assertThat(status(page)).hasText("completed", WITHIN_A_BACKUP);
            assertThat(page.locator("#backup-live")).containsText("database.dump");
            assertThat(page.locator("#backup-live")).containsText("flyway_schema_history");
            assertThat(page.locator("#log-text")).containsText("database.dump");
        }
    }

    @Test
    void the_list_shows_what_happens_without_reloading() {
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/backups");
            visit.awaitLive();
            page.evaluate("window.stillThere = true");

            console.rest().request(Map.of("source", "webshop", "name", "from elsewhere"));

            var row = page.locator("tr", new Page.LocatorOptions().setHasText("from elsewhere"));
            assertThat(row.locator(".badge")).hasText("completed", WITHIN_A_BACKUP);
            assertThat(page.evaluate("window.stillThere")).isEqualTo(true);
        }
    }

    @Test
    void a_failed_backup_says_what_happened_why_and_how_to_fix_it() {
        var id = console.rest().request(Map.of("source", "misspelt"));
        console.rest().ended(id);
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/backups/" + id);

            assertThat(status(page)).hasText("failed");
            var headings = page.locator(".failure h2").allTextContents();
            assertThat(headings).containsExactly("What happened", "Why", "Fix it");
            assertThat(page.locator(".failure")).containsText("SOURCE_AUTHENTICATION_FAILED");

            var command = page.locator(".command").first();
            assertThat(command.locator("code")).containsText("psql -h 127.0.0.1");
            command.getByRole(AriaRole.BUTTON).click();
            assertThat(command.getByRole(AriaRole.BUTTON)).hasText("Copied");
            assertThat(page.evaluate("navigator.clipboard.readText()"))
                    .isEqualTo(command.locator("code").textContent());

            assertThat(page.locator("#log-text")).isHidden();
            page.locator("#log summary").click();
            assertThat(page.locator("#log-text")).containsText("password authentication failed");

            page.locator("#check-again").click();
            assertThat(page.locator("#findings-title")).containsText("would fail");
            visit.inspect("backup-checked-again");
        }
    }

    @Test
    void what_is_wrong_with_a_form_is_said_at_the_field_and_what_was_typed_stays() {
        try (var visit = console.visit(Look.LIGHT_PHONE)) {
            var page = visit.open("/backups/new");
            page.fill("#name", "x".repeat(201));
            page.selectOption("#source", "webshop");
            page.check("input[name=media][value=yes]");
            page.locator("button#create").click();

            assertThat(page.locator("#name-error")).containsText("1 to 200");
            assertThat(page.locator("#name")).hasValue("x".repeat(201));
            assertThat(page.locator("#source")).hasValue("webshop");
            visit.inspect("backup-form-refused");

            page.fill("#name", "short");
            page.locator("button#create").click();

            assertThat(page.locator("#media-error")).containsText("no mediaPaths");
        }
    }

    @Test
    void a_form_that_is_sent_twice_is_one_backup() {
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/backups/new?source=webshop");
            page.fill("#name", "sent twice");
            page.locator("button#create").dblclick();
            assertThat(page.locator("h1")).hasText("sent twice");

            visit.open("/backups?text=sent+twice");

            assertThat(page.locator("tbody tr .name")).hasCount(1);
        }
    }

    @Test
    void a_running_backup_shows_how_far_it_is_and_can_be_cancelled() throws Exception {
        try (var backup = HeldBackup.start(console, "held");
                var visit = console.visit(Look.DARK_WIDE).confirming()) {
            var page = visit.open("/backups/" + backup.id());
            assertThat(status(page)).hasText("running", WITHIN_A_BACKUP);
            assertThat(page.locator("#progress-title")).containsText("Phase");
            assertThat(page.locator("#time-left")).containsText("first of its kind");
            visit.inspect("backup-running");

            page.locator("#cancel").click();

            assertThat(page.locator(".notice")).containsText("told to stop");
            assertThat(status(page)).hasText("cancelled", WITHIN_A_BACKUP);
            assertThat(page.locator("#retry")).isVisible();
        }
    }

    @Test
    void files_are_downloaded_and_read_again_and_a_changed_one_is_told_of() throws Exception {
        var backup = console.rest().ended(console.rest().request(Map.of("source", "webshop", "name", "to be checked")));
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/backups/" + backup.path("id").asString());

            var download = page.waitForDownload(
                    () -> page.locator("a[download]", new Page.LocatorOptions().setHasText("database.dump"))
                            .click());
            var dump = Path.of(backup.path("path").asString()).resolve("database.dump");
            assertThat(download.path()).hasSameBinaryContentAs(dump);

            page.locator("#check-files").click();
            assertThat(page.locator("#checked-title")).containsText("is what was sealed");
            assertThat(page.locator("#checked .badge").first()).hasText("ok");

            Files.write(dump, new byte[] {1}, StandardOpenOption.APPEND);
            page.locator("#check-files").click();

            assertThat(page.locator("#checked-title")).containsText("Not every file");
            assertThat(page.locator("#checked")).containsText("changed");
        }
    }

    @Test
    void what_has_changed_since_the_backup_before_is_shown() throws Exception {
        console.server().createDatabase("moving");
        console.rest()
                .source("moving", console.server(), "moving", console.server().password());
        console.rest().ended(console.rest().request(Map.of("source", "moving", "metadata", Map.of("version", "1"))));
        var second = console.rest()
                .ended(console.rest().request(Map.of("source", "moving", "metadata", Map.of("version", "2"))));
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/backups/" + second.path("id").asString());

            assertThat(page.locator("#changes del")).hasText("1");
            assertThat(page.locator("#changes ins")).hasText("2");
        }
    }

    @Test
    void the_timeline_has_the_events_of_all_services_in_the_viewers_zone() {
        var id = console.rest().request(Map.of("source", "webshop"));
        console.rest().ended(id);
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/backups/" + id);
            var timeline = page.locator(".timeline");
            // The log of events is another service's, and may be a moment behind.
            await().until(() -> {
                page.reload();
                return page.locator(".timeline li").count() >= 3;
            });

            assertThat(timeline).containsText("api-service");
            assertThat(timeline).containsText("backup-worker");
            assertThat(timeline).containsText("in the catalogue after");
            var time = timeline.locator("time").first();
            assertThat(time).containsText("GMT+9");
            assertThat(time.getAttribute("title")).endsWith("UTC");
        }
    }

    @Test
    void the_list_is_filtered_and_searched() {
        console.rest().ended(console.rest().request(Map.of("source", "webshop", "name", "Zanzibar release")));
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/backups");
            page.fill("#text", "zanz");
            page.keyboard().press("Enter");

            assertThat(page.locator("tbody tr .name")).hasCount(1);
            assertThat(page.locator("tbody tr .name")).containsText("Zanzibar release");

            page.selectOption("#status", "failed");
            page.waitForURL("**status=failed**");
            assertThat(page.locator(".empty")).containsText("No backup is like this");
        }
    }

    @Test
    void the_keyboard_alone_leads_from_the_list_to_a_backup() {
        console.rest().ended(console.rest().request(Map.of("source", "webshop")));
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/backups");

            page.keyboard().press("Tab");
            assertThat(page.locator(".skip")).isFocused();
            page.keyboard().press("Enter");
            page.keyboard().press("Tab");
            assertThat(page.locator("#create")).isFocused();
            page.locator("tbody .name a").first().focus();
            page.keyboard().press("Enter");

            assertThat(page.locator("#backup-live")).isVisible();
        }
    }

    private static Locator status(Page page) {
        return page.locator("#backup-live .lead .badge");
    }
}
