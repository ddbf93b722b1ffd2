package dev.holdfast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.sql.DriverManager;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(ConsoleStart.class)
class SourcesIT {
    private static final String XSS = "<img src=x onerror=alert(1)>'\"<script>alert(2)</script>";

    private final Console console;

    SourcesIT(Console console) {
        this.console = console;
    }

    @Test
    void a_source_is_added_by_keyboard_alone_and_tested_before_that() {
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/sources");
            tabTo(page, "Add a database");
            page.keyboard().press("Enter");
            assertThat(page.locator("h1")).hasText("Add a database");

            tabTo(page, "address");
            page.keyboard().type(address());
            tabTo(page, "Test");
            page.keyboard().press("Enter");
            assertThat(page.locator("#findings h2")).containsText("A backup would work now");
            assertThat(page.locator("#address")).hasValue(address());
            visit.picture("source-tested");

            page.locator("#address").focus();
            page.keyboard().press("Enter");
            assertThat(page.locator(".notice")).containsText("The database is added");
            assertThat(page.locator("h1")).containsText("shop");
            Assertions.assertThat(page.content())
                    .doesNotContain(console.server().password());
        }
    }

    @Test
    void what_a_test_finds_comes_with_what_to_type() {
        try (var visit = console.visit(Look.DARK_WIDE)) {
            var page = visit.open("/sources/new");
            page.fill("#address", address().replaceFirst(":[^:@/]+@", ":wrong@"));
            page.click("button:text-is('Test')");

            assertThat(page.locator("#findings h2")).containsText("A backup would not work yet");
            assertThat(page.locator("#findings")).containsText("SOURCE_AUTHENTICATION_FAILED");
            page.locator("#findings button[data-copy]").first().click();
            Assertions.assertThat(page.evaluate("navigator.clipboard.readText()"))
                    .asString()
                    .contains("psql");
            visit.inspect("source-test-failed");
        }
    }

    @Test
    void the_sql_for_a_role_that_may_dump_makes_one_that_may_and_may_nothing_else() throws Exception {
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/sources/new");
            page.click("text=SQL for a role that may dump");
            var sql = page.locator("details:has-text('SQL for a role') code").allInnerTexts();
            var modern = sql.stream()
                    .filter(text -> text.contains("pg_read_all_data"))
                    .findFirst()
                    .orElseThrow();
            var older = sql.stream()
                    .filter(text -> text.contains("do $grants$"))
                    .findFirst()
                    .orElseThrow();

            assertMayOnlyRead(page, modern.replace("your_database", Console.DATABASE), "holdfast");
            assertMayOnlyRead(
                    page,
                    older.replace("your_database", Console.DATABASE).replace("\"holdfast\"", "\"holdfast_older\""),
                    "holdfast_older");
        }
    }

    @Test
    void of_two_tabs_the_second_one_is_told_that_the_first_was_faster() {
        var id = console.source("two tabs");
        try (var one = console.visit(Look.LIGHT_WIDE);
                var other = console.visit(Look.LIGHT_WIDE)) {
            var first = one.open("/sources/" + id + "/edit");
            var second = other.open("/sources/" + id + "/edit");
            assertThat(first.locator("#password")).hasValue("");
            assertThat(first.locator("#password-hint")).containsText("Set; leave empty to keep it");

            first.fill("#name", "two tabs, first");
            first.click("text=Save");
            assertThat(first.locator(".notice")).containsText("The change is stored");
            second.fill("#name", "two tabs, second");
            second.click("text=Save");

            assertThat(second.locator(".problem")).containsText("The source was changed since it was read");
            other.inspect("source-changed-meanwhile");
            first.reload();
            assertThat(first.locator("h1")).containsText("two tabs, first");
        }
    }

    @Test
    void a_source_that_moves_to_another_server_wants_its_password_again() {
        var id = console.source("moves to another server");
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/sources/" + id + "/edit");
            page.fill("#host", "elsewhere.example");
            page.click("button:text-is('Test')");
            assertThat(page.locator("#findings")).containsText("Give the password again: the stored one is only for");

            page.click("button:text-is('Save')");
            assertThat(page.locator("#password-error"))
                    .hasText("Give the password again: the stored one is only for 127.0.0.1:"
                            + console.server().port());
            assertThat(page.locator("#host")).hasValue("elsewhere.example");
            visit.inspect("source-password-needed");
        }
    }

    @Test
    void a_paused_source_says_so_and_a_deleted_one_wants_its_name_typed() {
        var id = console.source("paused for now");
        try (var visit = console.visit(Look.LIGHT_PHONE)) {
            var page = visit.open("/sources/" + id);
            page.click("button:text-is('Pause')");
            assertThat(page.locator("main")).containsText("new backups of it are refused");
            visit.inspect("source-paused");
            page.click("button:text-is('Resume')");
            assertThat(page.locator(".notice")).containsText("takes backups again");

            page.click("text=Delete this source");
            page.fill("#typed", "something else");
            page.click("button.danger");
            assertThat(page.locator("#typed-error")).containsText("nothing was deleted");
            page.fill("#typed", "paused for now");
            page.click("button.danger");
            assertThat(page.locator(".notice")).containsText("The source is deleted");
        }
    }

    @Test
    void a_source_shows_its_newest_backup_without_reloading() {
        var id = console.source("watched");
        try (var visit = console.visit(Look.LIGHT_WIDE);
                var list = console.visit(Look.DARK_WIDE)) {
            var page = visit.open("/sources/" + id);
            var all = list.open("/sources?text=watched");
            visit.awaitLive();
            list.awaitLive();
            assertThat(page.locator("#glance")).containsText("never backed up");

            console.rest().ended(console.rest().request(Map.of("source", id)));

            assertThat(page.locator("#glance .badge").first()).hasText("completed");
            assertThat(all.locator("article", new Page.LocatorOptions().setHasText("watched"))
                            .locator(".badge")
                            .first())
                    .hasText("completed");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT_WIDE", "DARK_PHONE"})
    void sources_are_readable_in_every_look_whatever_their_names(Look look) {
        var name = XSS + " " + look;
        var id = console.source(name);
        for (int count = 0; count < 2; count++) {
            console.rest().ended(console.rest().request(Map.of("source", id)));
        }
        try (var visit = console.visit(look)) {
            var page = visit.open("/sources");
            assertThat(page.locator("article", new Page.LocatorOptions().setHasText(name))
                            .locator("svg")
                            .first())
                    .isVisible();
            visit.inspect("sources");
            visit.open("/sources/" + id);
            assertThat(page.locator("h1")).containsText(name);
            assertThat(page.locator("section.trend svg")).hasCount(2);
            visit.inspect("source");
            visit.open("/sources/" + id + "/edit");
            visit.inspect("source-edit");
            visit.open("/sources/new");
            page.click("text=Or fill in the fields");
            page.fill("#host", "not a host");
            page.click("button:has-text('Add')");
            assertThat(page.locator("#host-error")).isVisible();
            visit.inspect("source-new-refused");
        }
    }

    private String address() {
        var server = console.server();
        return "postgresql://%s:%s@127.0.0.1:%d/%s"
                .formatted(server.username(), server.password(), server.port(), Console.DATABASE);
    }

    /** Runs the SQL as the owner, then has the role tested by the console, then lets it try to write. */
    private void assertMayOnlyRead(Page page, String sql, String role) throws Exception {
        var password = sql.replaceFirst("(?s).*login password '([^']+)'.*", "$1");
        try (var connection = console.server().dataSource(Console.DATABASE).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
        page.fill(
                "#address",
                "host=127.0.0.1 port=%d dbname=%s user=%s password=%s"
                        .formatted(console.server().port(), Console.DATABASE, role, password));
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Test").setExact(true))
                .click();
        assertThat(page.locator("#findings h2")).containsText("A backup would work now");
        var url = console.server().jdbcUrl(Console.DATABASE);
        try (var connection = DriverManager.getConnection(url, role, password);
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("delete from item")).hasMessageContaining("permission denied");
        }
    }

    /** Presses Tab until the focus is on what has this text or id. */
    private static void tabTo(Page page, String target) {
        for (int count = 0; count < 60; count++) {
            page.keyboard().press("Tab");
            var focused = String.valueOf(page.evaluate(
                    "[document.activeElement.id, document.activeElement.textContent.trim()].join('\\n')"));
            if (focused.lines().anyMatch(target::equals)) {
                return;
            }
        }
        assertThat(page.locator("text=" + target)).isFocused();
    }
}
