package dev.holdfast.api.console.backups;

import dev.holdfast.api.backup.MetadataView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is different about a database and its application since the backup before. */
final class Changes {
    private static final String NOTHING = "none";

    /** One thing that is different. */
    record Change(String what, String before, String now) {}

    private final List<Change> found = new ArrayList<>();

    private Changes() {}

    static List<Change> between(MetadataView before, MetadataView now) {
        var changes = new Changes();
        changes.compare("PostgreSQL server", before.serverVersion(), now.serverVersion());
        changes.compare("pg_dump", before.toolVersion(), now.toolVersion());
        changes.compare("Extension ", before.extensions(), now.extensions(), version -> version);
        changes.compare(
                "Migrations in ",
                before.migrations(),
                now.migrations(),
                state -> "%d applied%s: %s"
                        .formatted(
                                state.applied(),
                                state.failed() == 0 ? "" : ", " + state.failed() + " failed",
                                String.join(", ", state.heads())));
        changes.compare("Application: ", before.app(), now.app(), String::valueOf);
        return List.copyOf(changes.found);
    }

    private <T> void compare(String prefix, Map<String, T> before, Map<String, T> now, Function<T, String> text) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        for (var name : names) {
            compare(prefix + name, text(before.get(name), text), text(now.get(name), text));
        }
    }

    private static <T> @Nullable String text(@Nullable T value, Function<T, String> text) {
        return value == null ? null : text.apply(value);
    }

    private void compare(String what, @Nullable String before, @Nullable String now) {
        if (!Objects.equals(before, now)) {
            found.add(new Change(
                    what, Objects.requireNonNullElse(before, NOTHING), Objects.requireNonNullElse(now, NOTHING)));
        }
    }
}
