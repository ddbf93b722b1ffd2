package dev.holdfast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Somebody at the console. What the browser complains of is collected: errors of scripts, refusals of the content security policy, and
 * dialogs, which are how a script that should not run shows itself. At its end there must be none that the test has not expected.
 */
final class Visit implements AutoCloseable {
    /** How long anything that is to be seen or done on a page may take. */
    static final double PATIENCE_MILLIS = 20_000;

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Set<String> GRAVE = Set.of("serious", "critical");

    private final BrowserContext context;
    private final Page page;
    private final String base;
    private final Look look;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private boolean confirms;

    /** @param session as {@link #session()} gave it; empty for somebody who has not signed in */
    Visit(Browser browser, String base, Look look, String session) {
        this.base = base;
        this.look = look;
        var options = session.isEmpty()
                ? new Browser.NewContextOptions()
                : new Browser.NewContextOptions().setStorageState(session);
        this.context = browser.newContext(options.setColorScheme(look.theme)
                .setViewportSize(look.width, look.height)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setTimezoneId("Asia/Tokyo")
                .setLocale("en-GB"));
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        this.page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onPageError(error -> complaints.add("error: " + error));
        page.onConsoleMessage(message -> {
            // What a server refuses is told too; whether it should have is for the test to say.
            if (message.type().equals("error") && !message.text().contains("the server responded with a status of")) {
                complaints.add("console: " + message.text());
            }
        });
        page.onDialog(dialog -> {
            if (confirms && dialog.type().equals("confirm")) {
                dialog.accept();
            } else {
                complaints.add("dialog: " + dialog.message());
                dialog.dismiss();
            }
        });
    }

    Page page() {
        return page;
    }

    /** The cookies of this window, for others that are to be signed in as well. */
    String session() {
        return context.storageState();
    }

    /** Says yes to questions from now on. */
    Visit confirming() {
        confirms = true;
        return this;
    }

    /** What the browser has complained of so far was expected. */
    void forgive() {
        complaints.clear();
    }

    /** Opens a page and returns it. */
    Page open(String path) {
        page.navigate(base + path);
        return page;
    }

    /** Waits until live updates come in: what happens from here on is seen. */
    void awaitLive() {
        page.waitForSelector(
                "html[data-live-connected]",
                new Page.WaitForSelectorOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
    }

    /** Keeps a picture of the whole page for a person to look at. */
    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(SCREENSHOTS.resolve(name + "-" + look.fileName() + ".png")));
    }

    /** Holds the page to what axe-core finds serious or critical, and to fitting its screen. */
    void assertAccessible() {
        // Legacy: in the page itself, and not in a blank one beside it, which only pages with foreign frames need.
        var found = new AxeBuilder(page)
                .setLegacyMode(true).analyze().getViolations().stream()
                        .filter(rule -> GRAVE.contains(rule.getImpact()))
                        .map(rule -> rule.getId() + ": " + rule.getHelp() + " at "
                                + rule.getNodes().stream()
                                        .map(node -> String.valueOf(node.getTarget()))
                                        .limit(5)
                                        .toList())
                        .toList();
        assertThat(found).as("axe-core at %s, %s", page.url(), look).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("how much too wide %s is, %s", page.url(), look)
                .isEqualTo(0);
    }

    /** A picture, and {@link #assertAccessible}. */
    void inspect(String name) {
        picture(name);
        assertAccessible();
    }

    @Override
    public void close() {
        context.close();
        assertThat(complaints).isEmpty();
    }
}
