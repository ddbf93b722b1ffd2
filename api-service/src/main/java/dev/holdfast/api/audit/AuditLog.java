package dev.holdfast.api.audit;

import dev.holdfast.api.access.Caller;
import dev.holdfast.api.web.PageRequest;
import dev.holdfast.common.id.Uuids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The audit log. The database lets this service add to it and read it, and nothing else. An entry is stored before what it tells of is
 * done: what can't be written down is not done.
 */
@Repository
public class AuditLog {
    private static final String NOBODY = "NOBODY";
    private static final int LONGEST = 500;

    private final JdbcClient jdbc;
    private final Clock clock;

    AuditLog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Somebody is about to do something; it stays also where that fails. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public UUID begin(@Nullable Caller actor, String address, String action, String target) {
        var id = Uuids.next();
        jdbc.sql("""
                        insert into audit (id, at, actor, actor_kind, actor_id, address, action, target)
                        values (:id, :at, :actor, :kind, :actorId, :address, :action, :target)""")
                .param("id", id)
                .param("at", Timestamp.from(clock.instant()))
                .param("actor", actor == null ? "" : actor.label())
                .param("kind", actor == null ? NOBODY : actor.kind().name())
                .param("actorId", actor == null ? null : actor.id())
                .param("address", address)
                .param("action", action)
                .param("target", storable(target))
                .update();
        return id;
    }

    /** How it came out; where that is told twice, the first counts. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void end(UUID entry, int status, @Nullable String result) {
        jdbc.sql("insert into audit_outcome (audit_id, at, status, result) values (:id, :at, :status, :result)"
                        + " on conflict (audit_id) do nothing")
                .param("id", entry)
                .param("at", Timestamp.from(clock.instant()))
                .param("status", status)
                .param("result", result == null ? null : storable(result))
                .update();
    }

    /** The newest first, or a page further back; of one action and one actor where they are given. */
    public List<AuditEntry> list(@Nullable String actor, @Nullable String action, PageRequest page) {
        return jdbc.sql("""
                        select a.*, o.status, o.result from audit a left join audit_outcome o on o.audit_id = a.id
                         where (cast(:actor as text) is null or a.actor = :actor)
                           and (cast(:action as text) is null or a.action = :action)
                           and (cast(:after as uuid) is null or a.id < :after)
                         order by a.id desc limit :limit""")
                .param("actor", actor)
                .param("action", action)
                .param("after", page.after())
                .param("limit", page.fetch())
                .query(AuditLog::entry)
                .list();
    }

    /** What was typed may have anything in it. */
    private static String storable(String text) {
        var plain = text.replace('\0', '\uFFFD');
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        Instant at = row.getTimestamp("at").toInstant();
        return new AuditEntry(
                row.getObject("id", UUID.class),
                at,
                row.getString("actor"),
                row.getString("actor_kind"),
                row.getString("address"),
                row.getString("action"),
                row.getString("target"),
                row.getObject("status", Integer.class),
                row.getString("result"));
    }
}
