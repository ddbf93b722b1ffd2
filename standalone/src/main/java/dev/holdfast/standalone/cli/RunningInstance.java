package dev.holdfast.standalone.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
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

    /** @param up what to type where none runs there */
    static URI address(@Nullable String api, @Nullable Path data, String up) {
        return api == null ? started(data == null ? Path.of("data") : data, up) : given(api);
    }

    /**
     * The token to come in with: the one in HOLDFAST_TOKEN, or the local one of the data directory. An address that is not that
     * instance's may be anybody's, and is not told the local one.
     */
    static @Nullable String token(URI address, @Nullable Path data, Map<String, String> environment) {
        var given = environment.getOrDefault("HOLDFAST_TOKEN", "").strip();
        var directory = data == null ? Path.of("data") : data;
        if (!given.isEmpty()) {
            return given;
        }
        return isOf(address, directory) ? localToken(directory) : null;
    }

    private static boolean isOf(URI address, Path data) {
        try {
            var port = Files.readString(data.resolve("run").resolve("port")).strip();
            return address.getScheme().equals("http")
                    && List.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(address.getHost()))
                    && Integer.toString(address.getPort()).equals(port);
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable String localToken(Path data) {
        var file = data.resolve("keys").resolve("local-token");
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw CommandFailure.failed("the local token can't be read (" + file
                    + "): run this as the user who started Holdfast, or give a token by HOLDFAST_TOKEN");
        }
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

    private static URI started(Path data, String up) {
        try {
            var port = Files.readString(data.resolve("run").resolve("port")).strip();
            return URI.create("http://127.0.0.1:" + Integer.parseInt(port));
        } catch (IOException | NumberFormatException e) {
            throw CommandFailure.failed("Holdfast is not running on " + data + "; start it with " + up);
        }
    }
}
