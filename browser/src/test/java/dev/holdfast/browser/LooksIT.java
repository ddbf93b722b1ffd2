package dev.holdfast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.IsInViewportOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page about backups in both themes, on a phone and on a wide screen: pictures to look at, and nothing serious for axe-core. */
@ExtendWith(ConsoleStart.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LooksIT {
    private static final IsInViewportOptions WHOLE = new IsInViewportOptions().setRatio(1);
    private static final List<String> ENTRIES = List.of(
            "Backups",
            "Sources",
            "Health",
            "Log",
            "Alerts",
            "Channels",
            "Accounts",
            "Tokens",
            "Audit",
            "Password",
            "Sign out");

    private final Console console;
    private String completed = "";
    private String failed = "";

    LooksIT(Console console) {
        this.console = console;
    }

    @BeforeAll
    void backups() {
        console.source("gallery");
        console.rest().source("gallery-failing", console.server(), Console.DATABASE, "not the password");
        var metadata = Map.of("version", "2026.11", "image", "registry/shop:2026.11");
        for (int at = 0; at < 4; at++) {
            completed = console.rest().request(Map.of("source", "gallery", "metadata", metadata));
            console.rest().ended(completed);
        }
        failed = console.rest().request(Map.of("source", "gallery-failing"));
        console.rest().ended(failed);
    }

    @ParameterizedTest
    @EnumSource
    void the_list_is_fit_to_look_at(Look look) {
        try (var visit = console.visit(look)) {
            visit.open("/backups");
            visit.inspect("backups");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT_PHONE", "DARK_PHONE"})
    void on_a_phone_the_navigation_is_one_row_whose_entries_come_into_view_by_keyboard(Look look) {
        try (var visit = console.visit(look)) {
            var page = visit.open("/tokens");
            assertThat(page.locator("header.side").boundingBox().height).isLessThan(64);
            assertThat(page.locator(".side [aria-current]")).hasText("Tokens");
            assertThat(page.locator(".side [aria-current]")).isInViewport(WHOLE);

            page.locator(".brand").focus();
            for (var name : ENTRIES) {
                page.keyboard().press("Tab");
                assertThat(page.locator(":focus")).hasText(name);
                assertThat(page.locator(":focus")).isInViewport(WHOLE);
            }
            visit.open("/backups");
            visit.inspect("navigation");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_list_without_a_match_is_fit_to_look_at(Look look) {
        try (var visit = console.visit(look)) {
            visit.open("/backups?text=nothinghasthisword");
            visit.inspect("backups-empty");
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_form_is_fit_to_look_at(Look look) {
        try (var visit = console.visit(look)) {
            visit.open("/backups/new");
            visit.inspect("backup-form");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_completed_backup_is_fit_to_look_at(Look look) {
        try (var visit = console.visit(look)) {
            var page = visit.open("/backups/" + completed);
            page.locator("#log summary").click();
            assertThat(page.locator("#log-text")).containsText("database.dump");
            visit.inspect("backup-completed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_failed_backup_is_fit_to_look_at(Look look) {
        try (var visit = console.visit(look)) {
            visit.open("/backups/" + failed);
            visit.inspect("backup-failed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_not_there_is_fit_to_look_at(Look look) {
        try (var visit = console.visit(look)) {
            visit.open("/nowhere");
            visit.inspect("error");
        }
    }
}
