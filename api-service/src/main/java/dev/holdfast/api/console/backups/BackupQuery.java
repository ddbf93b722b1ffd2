package dev.holdfast.api.console.backups;

import dev.holdfast.api.backup.BackupFilter;
import dev.holdfast.api.backup.BackupStatus;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import java.util.Arrays;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** What the address of the list says; an empty field of the form is as one that is not there. */
record BackupQuery(
        @Nullable String source,
        @Nullable String status,
        @Nullable String text,
        @Nullable String cursor) {
    private static final int LONGEST = 200;

    BackupQuery {
        source = given(source);
        status = given(status);
        text = given(text);
        cursor = given(cursor);
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank()
                ? null
                : value.substring(0, Math.min(value.length(), LONGEST)).replace('\0', '\uFFFD');
    }

    /** Whether not everything is wanted. */
    public boolean isFiltered() {
        return source != null || status != null || text != null;
    }

    /** @throws ApiProblem when there is no such status */
    BackupFilter filter() {
        return new BackupFilter(source, status == null ? null : status(status), text);
    }

    String scope() {
        return "console backups source=%s status=%s text=%s".formatted(source, status, text);
    }

    /** The address of a part of the same list; without a cursor, of its beginning. */
    String address(@Nullable String at) {
        var address = UriComponentsBuilder.fromPath("/backups");
        var values = new HashMap<String, Object>();
        add(address, values, "source", source);
        add(address, values, "status", status);
        add(address, values, "text", text);
        add(address, values, "cursor", at);
        return address.encode().buildAndExpand(values).toUriString();
    }

    private static void add(
            UriComponentsBuilder address, HashMap<String, Object> values, String name, @Nullable String value) {
        if (value != null) {
            address.queryParam(name, "{" + name + "}");
            values.put(name, value);
        }
    }

    private static BackupStatus status(String name) {
        return Arrays.stream(BackupStatus.values())
                .filter(status -> status.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiProblem.invalid(
                        FieldProblem.parameter("status", "there is no such status", FieldProblem.INVALID)));
    }
}
