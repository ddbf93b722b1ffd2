package dev.holdfast.standalone.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The sources that Holdfast knows, which its API gives page by page. */
final class KnownSources {
    private static final String PATH = "/api/v1/sources?limit=100";

    private final Api api;

    KnownSources(Api api) {
        this.api = api;
    }

    List<JsonNode> all() throws IOException {
        var all = new ArrayList<JsonNode>();
        find(source -> {
            all.add(source);
            return false;
        });
        return all;
    }

    /** The first one of that kind. */
    Optional<JsonNode> find(Predicate<JsonNode> wanted) throws IOException {
        var path = PATH;
        while (true) {
            var page = api.get(path);
            for (var source : page.path("items")) {
                if (wanted.test(source)) {
                    return Optional.of(source);
                }
            }
            var next = page.path("next").asString("");
            if (next.isEmpty()) {
                return Optional.empty();
            }
            path = PATH + "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        }
    }
}
