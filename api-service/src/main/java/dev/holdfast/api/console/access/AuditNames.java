package dev.holdfast.api.console.access;

import dev.holdfast.api.audit.AuditEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What people call the things that the audit log has by their ids: sources, backups, accounts, tokens. The name is that of now, so it may
 * be another than at the time; the entry itself stays as it was written. What is gone has none, but for a source with backups.
 */
@Repository
class AuditNames {
    private static final Pattern ID =
            Pattern.compile("/([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?:[/?]|$)");

    private final JdbcClient jdbc;

    AuditNames(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By the ids of the entries; those without a name are not in it. */
    Map<UUID, String> of(List<AuditEntry> entries) {
        var things = new HashMap<UUID, UUID>();
        entries.forEach(entry -> thing(entry).ifPresent(thing -> things.put(entry.id(), thing)));
        var names = names(things.values().stream().distinct().toArray(UUID[]::new));
        var found = new HashMap<UUID, String>();
        things.forEach((entry, thing) -> {
            var name = names.get(thing);
            if (name != null) {
                found.put(entry, name);
            }
        });
        return found;
    }

    /** What it was done to; otherwise what came into being. */
    private static Optional<UUID> thing(AuditEntry entry) {
        return idIn(entry.target()).or(() -> idIn(entry.result()));
    }

    private static Optional<UUID> idIn(@Nullable String path) {
        var found = ID.matcher(path == null ? "" : path);
        return found.find() ? Optional.of(UUID.fromString(found.group(1))) : Optional.empty();
    }

    private Map<UUID, String> names(UUID[] ids) {
        if (ids.length == 0) {
            return Map.of();
        }
        return jdbc
                .sql("""
                        select * from (select wanted.id, coalesce(
                                (select name from source where id = wanted.id),
                                (select source_name || ': ' || name from backup where id = wanted.id),
                                (select name from account where id = wanted.id),
                                (select name from api_token where id = wanted.id),
                                (select source_name from backup where source_id = wanted.id order by backup.id desc limit 1)
                            ) as name from unnest(:ids) as wanted (id)) named
                        where name is not null
                        """)
                .param("ids", ids)
                .query((row, number) -> Map.entry(row.getObject("id", UUID.class), row.getString("name")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
