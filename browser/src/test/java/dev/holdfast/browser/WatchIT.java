package dev.holdfast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages that tell what is wrong and what has happened. */
@ExtendWith(ConsoleStart.class)
class WatchIT {
    private static final String XSS = "<img src=x onerror=alert(1)>'\"<script>alert(2)</script>";

    private final Console console;

    WatchIT(Console console) {
        this.console = console;
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT_WIDE", "DARK_PHONE"})
    void health_log_alerts_channels_and_parked_messages_are_readable_in_every_look(Look look) {
        var name = XSS + " watched " + look;
        backUp(console.source(name));
        try (var visit = console.visit(look)) {
            var page = visit.open("/health");
            assertThat(page.locator("main")).containsText("The broker takes events");
            assertThat(page.locator("main")).containsText("Room for about");
            assertThat(page.locator("main")).containsText("pg_dump");
            visit.inspect("health");

            visit.open("/log");
            assertThat(page.locator("table")).containsText(name);
            visit.inspect("log");
            visit.open("/alerts");
            visit.inspect("alerts");
            visit.open("/channels");
            assertThat(page.locator("main")).containsText("not set up");
            visit.inspect("channels");
            visit.open("/parked");
            assertThat(page.locator("main")).containsText("No message is parked");
            visit.inspect("parked");
        }
    }

    @Test
    void the_log_is_narrowed_by_source_type_and_text() {
        var name = "narrowed " + XSS;
        backUp(console.source(name));
        backUp(console.source("another one"));
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/log");
            page.fill("[name=source]", name);
            page.click("text=Filter");
            page.waitForURL("**source=narrowed**");
            assertThat(page.locator("tbody tr")).not().hasCount(0);
            assertThat(page.locator("tbody tr", new Page.LocatorOptions().setHasText("another one")))
                    .hasCount(0);
            page.selectOption("[name=type]", "dev.holdfast.backup.completed.v1");
            page.waitForURL("**type=dev.holdfast**");
            assertThat(page.locator("tbody tr")).hasCount(1);
            assertThat(page.locator("[name=source]")).hasValue(name);
            page.locator("tbody a", new Page.LocatorOptions().setHasText("Open"))
                    .click();
            assertThat(page.locator("main")).containsText("completed");

            visit.open("/log");
            page.fill("[name=text]", "no such words anywhere");
            page.click("text=Filter");
            assertThat(page.locator("main")).containsText("No entry matches this filter");
        }
    }

    @Test
    void what_goes_wrong_appears_among_the_alerts_by_itself_with_what_to_do() {
        var name = "failing " + XSS;
        var source = console.rest().source(name, console.server(), Console.DATABASE, "wrong password");
        try (var visit = console.visit(Look.DARK_WIDE)) {
            var page = visit.open("/alerts?state=open");
            visit.awaitLive();
            console.rest().request(Map.of("source", source));

            var alert = page.locator("article", new Page.LocatorOptions().setHasText(name));
            assertThat(alert).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
            assertThat(alert).containsText("SOURCE_AUTHENTICATION_FAILED");
            assertThat(alert.locator("button[data-copy]").first()).isVisible();
            assertThat(alert).containsText("Nobody: no channel was set up");
            visit.inspect("alert-open");
        }
    }

    private void backUp(String source) {
        console.rest().ended(console.rest().request(Map.of("source", source)));
    }
}
