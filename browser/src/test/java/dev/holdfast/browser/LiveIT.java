package dev.holdfast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A page that is open shows how things are in the end, on a slow line and beside a service that stumbles, too. */
@ExtendWith(ConsoleStart.class)
class LiveIT {
    private static final LocatorAssertions.HasTextOptions IN_TIME =
            new LocatorAssertions.HasTextOptions().setTimeout(60_000);

    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

    private final Console console;

    LiveIT(Console console) {
        this.console = console;
    }

    @Test
    void what_happens_between_a_page_and_its_live_updates_is_shown() throws Exception {
        try (var backup = HeldBackup.start(console, "slow-line");
                var visit = console.visit(Look.LIGHT_WIDE)) {
            visit.page().route("**/api/v1/events*", events -> {
                end(backup);
                events.resume();
            });

            var page = visit.open("/backups/" + backup.id());

            assertThat(status(page)).hasText("completed", IN_TIME);
        }
    }

    @Test
    void a_refresh_that_fails_is_made_good() throws Exception {
        try (var backup = HeldBackup.start(console, "stumbling");
                var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/backups/" + backup.id());
            visit.awaitLive();
            var failUntil =
                    new AtomicLong(System.nanoTime() + Duration.ofMinutes(5).toNanos());
            page.route("**/backups/" + backup.id(), refresh -> {
                if (System.nanoTime() - failUntil.get() < 0) {
                    refresh.fulfill(new Route.FulfillOptions().setStatus(503));
                } else {
                    refresh.resume();
                }
            });

            end(backup);
            // Longer than the last events take to come.
            failUntil.set(System.nanoTime() + Duration.ofSeconds(3).toNanos());

            assertThat(status(page)).hasText("completed", IN_TIME);
            visit.forgive();
        }
    }

    @Test
    void an_event_that_comes_while_an_older_answer_is_on_its_way_is_shown() throws Exception {
        try (var backup = HeldBackup.start(console, "overtaken");
                var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/backups/" + backup.id());
            visit.awaitLive();
            assertThat(status(page)).hasText("running", IN_TIME);
            var answers = new ArrayList<Runnable>();
            page.route("**/backups/" + backup.id(), refresh -> {
                if (answers.isEmpty()) {
                    var old = refresh.fetch();
                    answers.add(() -> refresh.fulfill(new Route.FulfillOptions().setResponse(old)));
                } else {
                    refresh.resume();
                }
            });
            page.evaluate("htmx.trigger('#backup-live', 'live')");
            page.waitForCondition(() -> !answers.isEmpty());

            end(backup);
            // The page asks again at most a second after it has heard of the end.
            page.evaluate("""
                    backup => new Promise(due => {
                        const events = new EventSource(`/api/v1/events?lastEventId=0&backup=${backup}`);
                        events.addEventListener("dev.holdfast.backup.completed.v1", () => {
                            events.close();
                            setTimeout(due, 1200);
                        });
                    })""", backup.id());
            answers.getFirst().run();

            assertThat(status(page)).hasText("completed", IN_TIME);
        }
    }

    @Test
    void what_a_check_has_found_and_what_somebody_has_unfolded_stay_when_the_page_is_refreshed() {
        console.source("checked");
        var id = console.rest().request(Map.of("source", "checked"));
        console.rest().ended(id);
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/backups/" + id);
            page.locator("#check-files").click();
            assertThat(page.locator("#checked-title")).containsText("is what was sealed");
            page.locator("#by-hand summary").click();
            page.evaluate("document.querySelector('#backup-live').dataset.old = ''");

            page.evaluate("htmx.trigger('#backup-live', 'live')");

            assertThat(page.locator("#backup-live:not([data-old])")).isVisible();
            assertThat(page.locator("#checked-title")).containsText("is what was sealed");
            assertThat(page.locator("#by-hand")).hasAttribute("open", "");
        }
    }

    @Test
    void the_log_is_followed_again_when_the_backup_is() throws Exception {
        try (var backup = HeldBackup.start(console, "again");
                var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/backups/" + backup.id());
            assertThat(status(page)).hasText("running", IN_TIME);
            console.rest().post("/api/v1/backups/" + backup.id() + "/cancel", Map.of(), 202);
            console.rest().ended(backup.id());
            assertThat(page.locator("#log-text")).containsText("cancelled", SOON);

            backup.letGo();
            console.rest().post("/api/v1/backups/" + backup.id() + "/retry", Map.of(), 202);

            assertThat(page.locator("#log-text")).containsText("attempt 2 on worker", SOON);
            assertThat(page.locator("#log-text")).containsText("completed", SOON);
        }
    }

    private void end(HeldBackup backup) {
        try {
            backup.letGo();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        console.rest().ended(backup.id());
    }

    private static Locator status(Page page) {
        return page.locator("#backup-live .lead .badge");
    }
}
