package dev.holdfast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ConsoleStart.class)
class FirstStepsIT {
    private static final int MOST_CLICKS = 6;
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Console console;
    private int clicks;

    FirstStepsIT(Console console) {
        this.console = console;
    }

    @Test
    void from_nothing_to_the_first_completed_backup_in_few_clicks_and_minutes(@TempDir Path data) throws Exception {
        try (var fresh = Product.start(data.resolve("data"));
                var visit = console.stranger(Look.LIGHT_WIDE, fresh)) {
            var begin = System.nanoTime();
            var page = visit.open(fresh.firstRun());
            page.fill("#name", "Ada");
            page.fill("#password", Console.PASSWORD);
            page.fill("#repeated", Console.PASSWORD);
            click(page.locator("main button"));
            assertThat(page.locator("h1")).hasText("First steps");
            assertThat(page.locator(".steps > li").first()).containsText("Backups can be written there");
            visit.inspect("welcome");

            click(page.locator("#address"));
            page.keyboard()
                    .insertText("postgresql://%s:%s@127.0.0.1:%d/%s"
                            .formatted(
                                    console.server().username(),
                                    console.server().password(),
                                    console.server().port(),
                                    Console.DATABASE));
            click(page.locator("button:text-is('Test')"));
            assertThat(page.locator("#findings h2"))
                    .containsText(
                            "A backup would work now", new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
            click(page.locator("button:has-text('Add')"));
            click(page.locator("button:has-text('Take the first backup')"));
            assertThat(page.locator("#backup-live .badge").first())
                    .hasText("completed", new LocatorAssertions.HasTextOptions().setTimeout(LONGEST.toMillis()));

            Assertions.assertThat(clicks).isLessThanOrEqualTo(MOST_CLICKS);
            Assertions.assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST);
            visit.open("/welcome");
            assertThat(page.locator(".steps > li").last()).containsText("Done");
            visit.inspect("welcome-done");
            visit.open("/");
            assertThat(page).hasURL(Pattern.compile(".*/backups$"));
        }
    }

    private void click(Locator locator) {
        locator.click();
        clicks++;
    }
}
