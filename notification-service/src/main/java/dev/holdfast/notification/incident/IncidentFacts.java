package dev.holdfast.notification.incident;

import dev.holdfast.common.event.BackupCompleted;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.BackupPart;
import dev.holdfast.common.event.StorageFailed;
import dev.holdfast.common.event.StorageRecovered;
import dev.holdfast.common.failure.FailureClass;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.notification.text.StorableText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What the events said, and what follows from all of it. Every write is one that commutes: a row of its own, or the newest of two
 * times; so the answer depends on which events have come, not on their order.
 */
@Repository
class IncidentFacts {
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_PATH = 4096;

    /**
     * What still counts: failures since the storage recovered, as long as it is known to be out of order; otherwise those of
     * sources that have not completed a backup of the same parts since, and that there still are.
     */
    private static final String EXTENT = """
            with member as materialized (
                select f.*
                  from incident_fact f
                  left join good_backup gd on gd.source_id = f.source_id and gd.part = 'database'
                  left join good_backup gm on gm.source_id = f.source_id and gm.part = 'media'
                  left join source_gone d on d.source_id = f.source_id
                  left join storage_watch w on w.incident_key = f.incident_key
                 where f.incident_key = :key
                   and f.at > coalesce(w.recovered_at, '-infinity')
                   and case f.kind
                         when 'storage' then f.at > w.over_at
                         else coalesce(w.failed_at > w.over_at, false)
                                or d.source_id is null
                                   and (f.needs_database and f.at > coalesce(gd.at, '-infinity')
                                        or f.needs_media and f.at > coalesce(gm.at, '-infinity'))
                       end)
            select count(*) filter (where kind = 'failure') as failures,
                   count(distinct backup_id) as backups_hit,
                   min(since) as since,
                   max(at) as last_failure_at,
                   (select failure::text from member order by at desc, event_id desc limit 1) as failure,
                   (select coalesce(jsonb_agg(backup_id order by first_at, backup_id), '[]')::text
                      from (select backup_id, min(at) as first_at from member where backup_id is not null
                             group by backup_id order by 2, 1 limit 5) b) as backups,
                   (select coalesce(jsonb_agg(jsonb_build_object('id', source_id, 'name', source_name)
                                              order by source_id), '[]')::text
                      from (select distinct on (source_id) source_id, source_name from member
                             where source_id is not null
                             order by source_id, at desc, event_id desc) s) as sources
              from member
            having count(*) > 0
            """;

    private final JdbcClient jdbc;

    IncidentFacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lets one transaction at a time look at the facts and draw its conclusion. */
    void lock() {
        jdbc.sql("select 1 from pg_advisory_xact_lock(hashtextextended('holdfast_incidents_' || current_schema(), 0))")
                .query(Integer.class)
                .single();
    }

    void add(UUID eventId, Instant at, IncidentKey key, BackupFailed event) {
        var missing = Parts.missing(event);
        jdbc.sql("""
                 insert into incident_fact
                        (event_id, incident_key, kind, at, since, source_id, source_name, backup_id, failure,
                         needs_database, needs_media)
                 values (:eventId, :key, 'failure', :at, :at, :source, :name, :backup, :failure::jsonb,
                         :needsDatabase, :needsMedia)
                 on conflict do nothing
                 """)
                .param("eventId", eventId)
                .param("key", key.value())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("source", event.sourceId().value())
                .param("name", StorableText.of(event.sourceName(), LONGEST_NAME))
                .param("backup", event.backupId().value())
                .param("failure", StoredFailure.write(event.failure()))
                .param("needsDatabase", missing.contains(BackupPart.DATABASE))
                .param("needsMedia", missing.contains(BackupPart.MEDIA))
                .update();
    }

    void add(UUID eventId, Instant at, IncidentKey key, StorageFailed event) {
        jdbc.sql("""
                 with fact as (
                     insert into incident_fact (event_id, incident_key, kind, at, since, failure)
                     values (:eventId, :key, 'storage', :at, :since, :failure::jsonb)
                     on conflict do nothing)
                 insert into storage_watch as w (incident_key, failed_at) values (:key, :at)
                 on conflict (incident_key) do update set failed_at = greatest(w.failed_at, excluded.failed_at)
                 """)
                .param("eventId", eventId)
                .param("key", key.value())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("since", event.since().atOffset(ZoneOffset.UTC))
                .param("failure", StoredFailure.write(event.failure()))
                .update();
    }

    /**
     * A probe that could write a little again says nothing about room for a large backup, nor about a bad place on a disk, unless
     * that was what it had met itself.
     */
    void add(Instant at, StorageRecovered event) {
        for (var code : IncidentKey.storageCodes()) {
            var key = IncidentKey.ofStorage(code);
            var makesUp = code == event.code()
                    || (code.failureClass() != FailureClass.MAKE_ROOM && code != FailureCode.STORAGE_IO_ERROR);
            jdbc.sql("""
                     insert into storage_watch as w (incident_key, over_at, recovered_at)
                     values (:key, :at, case when :makesUp then :at::timestamptz else '-infinity' end)
                     on conflict (incident_key) do update
                        set over_at = greatest(w.over_at, excluded.over_at),
                            recovered_at = greatest(w.recovered_at, excluded.recovered_at)
                     """)
                    .param("key", key.value())
                    .param("at", at.atOffset(ZoneOffset.UTC))
                    .param("makesUp", makesUp)
                    .update();
        }
    }

    void add(Instant at, BackupCompleted event) {
        Parts.in(event).forEach(part -> addGood(at, event, part));
    }

    private void addGood(Instant at, BackupCompleted event, BackupPart part) {
        jdbc.sql("""
                 insert into good_backup as g (source_id, part, source_name, backup_id, path, at)
                 values (:source, :part, :name, :backup, :path, :at)
                 on conflict (source_id, part) do update
                    set source_name = excluded.source_name, backup_id = excluded.backup_id,
                        path = excluded.path, at = excluded.at
                  where (excluded.at, excluded.backup_id) > (g.at, g.backup_id)
                 """)
                .param("source", event.sourceId().value())
                .param("part", part.name().toLowerCase(Locale.ROOT))
                .param("name", StorableText.of(event.sourceName(), LONGEST_NAME))
                .param("backup", event.backupId().value())
                .param("path", StorableText.of(event.path(), LONGEST_PATH))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Nobody can undo it, so it also counts for failures that come after it. */
    void addDeleted(UUID source) {
        jdbc.sql("insert into source_gone (source_id) values (:source) on conflict do nothing")
                .param("source", source)
                .update();
    }

    /** The open problems that a source has part in. */
    List<String> openKeys(UUID source) {
        return jdbc.sql("""
                        select incident_key from incident i
                         where resolved_at is null
                           and exists (select 1 from incident_fact f
                                        where f.source_id = :source and f.incident_key = i.incident_key)
                        """)
                .param("source", source)
                .query((row, number) -> Objects.requireNonNull(row.getString("incident_key")))
                .list();
    }

    /** How far a problem reaches now; empty when nothing of it is left. */
    Optional<Extent> extent(String key) {
        return jdbc.sql(EXTENT)
                .param("key", key)
                .query((row, number) -> IncidentRows.extent(row))
                .optional();
    }

    /** Forgets what is older than it is kept, unless it belongs to something that is open. */
    int prune(Instant now, Duration keep) {
        return jdbc.sql("""
                        delete from incident_fact
                         where at < :before
                           and incident_key not in (select incident_key from incident where resolved_at is null)
                        """)
                .param("before", now.minus(keep).atOffset(ZoneOffset.UTC))
                .update();
    }
}
