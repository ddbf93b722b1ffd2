package dev.holdfast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Texts that want to be more than text, in every place where somebody can put one. A script that ran would set a mark or open a dialog,
 * and the browser would tell of one that the policy refused: either fails the test.
 */
@ExtendWith(ConsoleStart.class)
class AttacksIT {
    private final Console console;

    AttacksIT(Console console) {
        this.console = console;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>window.ran = 1</script>",
                "<img src=x onerror=\"window.ran = 1\">",
                "\"><svg onload=window.ran=1>",
                "' autofocus onfocus='window.ran=1' x='",
                "javascript:window.ran=1",
                "${T(java.lang.Runtime).getRuntime().exec('id')}",
                "[[${7*7}]] __${7*7}__ #{7*7} @{/x}",
                "</title></textarea></pre><script>alert(1)</script>",
                "<div hx-get=/api/v1/sources hx-trigger=load>"
            })
    void a_text_is_shown_as_it_is_and_does_nothing(String attack) {
        // As long as PostgreSQL lets the name of a database be.
        var database = "no " + attack.substring(0, Math.min(attack.length(), 60));
        var source = console.rest()
                .source(attack, console.server(), database, console.server().password());
        var id = console.rest()
                .request(Map.of(
                        "source", source,
                        "name", attack,
                        "description", attack,
                        "metadata", Map.of(attack, attack)));
        // The failure names the database, and so does the log.
        var backup = console.rest().ended(id);
        assertThat(backup.path("status").asString()).isEqualTo("failed");
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/backups/" + id);
            assertThat(page.locator("h1")).hasText(attack);
            assertThat(page.locator("dd.text").first()).hasText(attack);
            assertThat(page.locator(".failure")).containsText(database);
            page.locator("#log summary").click();
            assertThat(page.locator("#log-text")).containsText(database);
            visit.awaitLive();
            assertThat(page.evaluate("window.ran")).isNull();

            visit.open("/backups");
            assertThat(page.locator("tbody .name a").first()).hasText(attack);
            assertThat(page.evaluate("window.ran")).isNull();

            visit.open("/backups/new");
            page.selectOption("#source", attack);
            page.fill("#name", attack + "x".repeat(200));
            page.locator("button#create").click();
            assertThat(page.locator("#name-error")).isVisible();
            assertThat(page.locator("#name")).hasValue(attack + "x".repeat(200));
            assertThat(page.evaluate("window.ran")).isNull();
        }
    }
}
