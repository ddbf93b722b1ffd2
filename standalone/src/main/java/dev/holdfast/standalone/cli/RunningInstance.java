package dev.holdfast.standalone.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the API to talk to. */
final class RunningInstance {
    private RunningInstance() {}

    /** The data directory to look into: the given one, or the one beside the launcher. */
    static @Nullable Path directory(@Nullable Path given, Map<String, String> environment) {
        var byDefault = environment.get("HOLDFAST_DEFAULT_DATA");
        return given != null || byDefault == null ? given : Path.of(byDefault);
    }

    static URI address(@Nullable String api, @Nullable Path data) {
        return api == null ? started(data == null ? Path.of("data") : data) : given(api);
    }

    private static URI given(String api) {
        var text = api.strip().replaceFirst("/+$", "");
        if (!text.matches("https?://[^/@\\s]+(/\\S*)?")) {
            throw CommandFailure.misused("--api needs an address such as http://127.0.0.1:8080");
        }
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.misused("--api needs an address such as http://127.0.0.1:8080");
        }
    }

    private static URI started(Path data) {
        try {
            var port = Files.readString(data.resolve("run").resolve("port")).strip();
            return URI.create("http://127.0.0.1:" + Integer.parseInt(port));
        } catch (IOException | NumberFormatException e) {
            throw CommandFailure.failed("Holdfast is not running on " + data + "; start it with ./holdfast up");
        }
    }
}
