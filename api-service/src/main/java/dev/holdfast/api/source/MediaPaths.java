package dev.holdfast.api.source;

import dev.holdfast.api.web.Characters;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Paths on the worker, as text: this machine's file system and locale have no say in them. */
final class MediaPaths {
    private static final int MAX_BYTES = 4096;

    private MediaPaths() {}

    static boolean isPossible(String path) {
        return path.startsWith("/")
                && path.length() > 1
                && path.getBytes(StandardCharsets.UTF_8).length < MAX_BYTES
                && path.codePoints().noneMatch(at -> Characters.isControl(at) || Characters.isLoneSurrogate(at))
                && Arrays.stream(path.substring(1).split("/", -1)).allMatch(MediaPaths::isName);
    }

    private static boolean isName(String part) {
        return !part.isEmpty() && !part.equals(".") && !part.equals("..");
    }
}
