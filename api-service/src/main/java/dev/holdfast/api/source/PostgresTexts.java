package dev.holdfast.api.source;

import dev.holdfast.api.web.Characters;
import java.nio.charset.StandardCharsets;

/** Which texts can reach a PostgreSQL server unchanged. */
final class PostgresTexts {
    /** NAMEDATALEN less one, in bytes. */
    private static final int MAX_NAME_BYTES = 63;

    private static final int MAX_PASSWORD_LENGTH = 1000;

    private PostgresTexts() {}

    static boolean isName(String name) {
        return !name.isEmpty() && isClean(name) && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES;
    }

    static boolean isPassword(String password) {
        return password.length() <= MAX_PASSWORD_LENGTH && isClean(password);
    }

    private static boolean isClean(String text) {
        return text.codePoints().noneMatch(at -> Characters.isControl(at) || Characters.isLoneSurrogate(at));
    }
}
