package dev.holdfast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The description of REST in the browser. */
@ExtendWith(ConsoleStart.class)
class ReferenceIT {
    /** The first who asks for the description waits until it is made. */
    private static final int LONGEST = 60_000;

    private static final LocatorAssertions.ContainsTextOptions ANSWERED =
            new LocatorAssertions.ContainsTextOptions().setTimeout(LONGEST);

    private final Console console;

    ReferenceIT(Console console) {
        this.console = console;
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT_WIDE", "DARK_PHONE"})
    void it_is_readable_in_every_look(Look look) {
        try (var visit = console.visit(look)) {
            var page = visit.open("/api-docs");
            open(page, "createSource");
            visit.inspect("api-docs");
        }
    }

    @Test
    void it_lists_the_operations_with_their_examples() {
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/tokens");
            page.locator("main")
                    .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("API"))
                    .click();

            assertThat(page.locator("nav a[aria-current]")).hasText("API");
            assertThat(page.locator("#operations-Backups-listBackups"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(LONGEST));
            var operation = open(page, "createSource");
            assertThat(operation.locator(".body-param__example")).containsText("\"host\": \"db.internal\"");
            assertThat(operation.locator(".responses-table")).containsText("urn:holdfast:problem:validation-failed");
        }
    }

    @Test
    void what_never_ends_its_answer_can_not_be_tried() {
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/api-docs");
            assertThat(open(page, "followEvents").locator("button.try-out__btn"))
                    .isHidden();
            assertThat(open(page, "whoAmI").locator("button.try-out__btn")).isVisible();
        }
    }

    @Test
    void what_is_tried_is_done_as_who_is_signed_in() {
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/api-docs");
            var me = open(page, "whoAmI");
            me.locator("button.try-out__btn").click();
            me.locator("button.execute").click();
            assertThat(me.locator(".live-responses-table"))
                    .containsText("\"name\": \"" + Console.ADMINISTRATOR + "\"", ANSWERED);

            // A change needs the token of the page.
            var create = open(page, "createAccount");
            create.locator("button.try-out__btn").click();
            create.locator("textarea").fill("{\"name\": \"made in the reference\", \"role\": \"viewer\"}");
            create.locator("button.execute").click();
            assertThat(create.locator(".live-responses-table"))
                    .containsText("\"name\": \"made in the reference\"", ANSWERED);
            visit.inspect("api-docs-tried");
        }
    }

    private static Locator open(Page page, String operation) {
        var block = page.locator("[id$='-" + operation + "']");
        block.locator(".opblock-summary-control").click();
        assertThat(block.locator(".opblock-body")).isVisible();
        return block;
    }
}
