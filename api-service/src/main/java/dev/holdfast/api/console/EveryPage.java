package dev.holdfast.api.console;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** What the frame of every page of the console shows. */
@ControllerAdvice(basePackages = "dev.holdfast.api.console")
class EveryPage {

    @ModelAttribute("notice")
    @Nullable
    String notice(@RequestParam(required = false) @Nullable String done) {
        return done == null ? null : Notice.text(done).orElse(null);
    }
}
