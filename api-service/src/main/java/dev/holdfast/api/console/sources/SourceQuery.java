package dev.holdfast.api.console.sources;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What the address of the list says; an empty field of the form is as one that is not there.
 *
 * @param text what name, host or database has in it
 * @param after the name that the part before ended with
 */
record SourceQuery(@Nullable String text, @Nullable String after) {

    SourceQuery {
        text = given(text == null ? null : text.strip());
        after = given(after);
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.replace('\0', '\uFFFD');
    }

    /** The address of a part of the same list; without a name, of its beginning. */
    String address(@Nullable String name) {
        var address = UriComponentsBuilder.fromPath("/sources");
        if (text != null) {
            address.queryParam("text", "{text}");
        }
        if (name != null) {
            address.queryParam("after", "{after}");
        }
        return address.encode()
                .buildAndExpand(java.util.Map.of("text", String.valueOf(text), "after", String.valueOf(name)))
                .toUriString();
    }
}
