package dev.holdfast.api.console;

import dev.holdfast.api.live.LiveFeed;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** What the frame of every page of the console shows. */
@ControllerAdvice(basePackages = "dev.holdfast.api.console")
class EveryPage {
    private final LiveFeed feed;

    EveryPage(LiveFeed feed) {
        this.feed = feed;
    }

    /** Read before anything that the page shows, so that the page is at least as new. */
    @ModelAttribute("livePlace")
    long livePlace() {
        return feed.newestId();
    }

    @ModelAttribute("notice")
    @Nullable
    String notice(@RequestParam(required = false) @Nullable String done) {
        return done == null ? null : Notice.text(done).orElse(null);
    }
}
