package dev.holdfast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ConsoleStart.class)
class BackupsIT {
    private final Console console;

    BackupsIT(Console console) {
        this.console = console;
    }

    @Test
    void a_backup_is_created_and_followed_to_its_end_without_reloading() {
        console.source("webshop");
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/");
            page.click("#create");
            page.selectOption("#source", "webshop");
            page.fill("#name", "Before the upgrade");
            page.fill("#description", "Version 2 goes live at noon");
            page.click("button#create");

            assertThat(page.locator("h1")).hasText("Before the upgrade");
            assertThat(page.locator(".notice")).containsText("requested");
            assertThat(page.locator("#backup-live .badge").first()).hasText("completed");
            assertThat(page.locator("#files-title")).isVisible();
        }
    }
}
