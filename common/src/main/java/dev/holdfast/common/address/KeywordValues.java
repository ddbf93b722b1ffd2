package dev.holdfast.common.address;

import java.util.LinkedHashMap;
import java.util.Map;

/** The other form of an address, as libpq reads it: {@code host=db dbname='my shop'}, with backslash and single quotes. */
final class KeywordValues {
    private final String text;
    private int at;

    private KeywordValues(String text) {
        this.text = text;
    }

    static Map<String, String> parse(String text) {
        return new KeywordValues(text).all();
    }

    private Map<String, String> all() {
        var all = new LinkedHashMap<String, String>();
        skipSpace();
        while (at < text.length()) {
            var keyword = keyword();
            all.put(keyword, value());
            skipSpace();
        }
        return all;
    }

    private String keyword() {
        int equals = text.indexOf('=', at);
        var keyword = equals < 0 ? "" : text.substring(at, equals).strip();
        if (!keyword.matches("[a-z_]+")) {
            throw new UnreadableAddress(
                    "each part must read name=value, and a value with spaces stands in single quotes");
        }
        at = equals + 1;
        skipSpace();
        return keyword;
    }

    private String value() {
        return at < text.length() && text.charAt(at) == '\'' ? quoted() : bare();
    }

    private String bare() {
        var value = new StringBuilder();
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            value.append(next());
        }
        return value.toString();
    }

    private String quoted() {
        var value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '\'') {
            value.append(next());
        }
        if (at == text.length()) {
            throw new UnreadableAddress("a quoted value is not closed");
        }
        at++;
        return value.toString();
    }

    /** A backslash makes the next character stand for itself. */
    private char next() {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
            at++;
        }
        return text.charAt(at++);
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
