package dev.holdfast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A page that is open shows how things are in the end, on a slow line and beside a service that stumbles, too. */
@ExtendWith(ConsoleStart.class)
class LiveIT {
    private static final LocatorAssertions.HasTextOptions IN_TIME =
            new LocatorAssertions.HasTextOptions().setTimeout(60_000);

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
