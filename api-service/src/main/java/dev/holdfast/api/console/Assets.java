package dev.holdfast.api.console;

import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/**
 * Addresses of the console's own files, each with a hash of its contents, so that a browser may keep it for good; {@code @assets} in the
 * templates. Asked for directly, since error pages are rendered where no interceptor has run.
 */
@Component
public final class Assets {
    private final ResourceUrlProvider urls;

    Assets(ResourceUrlProvider urls) {
        this.urls = urls;
    }

    /** The address of a file in {@code static/console}, or of a library. */
    public String address(String file) {
        return Objects.requireNonNull(urls.getForLookupPath("/console/" + file), file);
    }
}
