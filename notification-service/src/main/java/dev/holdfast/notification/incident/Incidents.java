package dev.holdfast.notification.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The incidents that there are and were, in the table {@code incident}. */
@Repository
public class Incidents {
    private final JdbcClient jdbc;

    Incidents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Incident get(UUID id) {
        return jdbc.sql("select * from incident where id = :id")
                .param("id", id)
                .query((row, number) -> IncidentRows.incident(row))
                .single();
    }

    /**
     * The newest first.
     *
     * @param open null for those that are over as well
     * @param before the last of the page before
     */
    public List<Incident> page(@Nullable Boolean open, @Nullable UUID before, int limit) {
        return jdbc.sql("""
                        select * from incident
                         where (:open::boolean is null or (resolved_at is null) = :open)
                           and (:before::uuid is null or id < :before)
                         order by id desc limit :limit
                        """)
                .param("open", open)
                .param("before", before)
                .param("limit", limit)
                .query((row, number) -> IncidentRows.incident(row))
                .list();
    }

    public long countOpen() {
        return jdbc.sql("select count(*) from incident where resolved_at is null")
                .query(Long.class)
                .single();
    }

    /** Deletes those, with their deliveries, that ended longer ago than they are kept. */
    public int prune(Instant now, Duration keep) {
        return jdbc.sql("delete from incident where resolved_at < :before")
                .param("before", now.minus(keep).atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Incident> open(String key) {
        return jdbc.sql("select * from incident where incident_key = :key and resolved_at is null")
                .param("key", key)
                .query((row, number) -> IncidentRows.incident(row))
                .optional();
    }

    /** How often a problem has come since then. */
    int raisedSince(String key, Instant time) {
        return jdbc.sql("select count(*) from incident where incident_key = :key and raised_at > :time")
                .param("key", key)
                .param("time", time.atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    List<Incident> quietSince(Instant time) {
        return jdbc.sql("select * from incident where resolved_at is null and quiet_since <= :time")
                .param("time", time.atOffset(ZoneOffset.UTC))
                .query((row, number) -> IncidentRows.incident(row))
                .list();
    }

    /** Stores an incident, new or changed. */
    void save(Incident incident) {
        var extent = incident.extent();
        var json = JsonMapper.shared();
        jdbc.sql("""
                 insert into incident (id, incident_key, title, failure, since, last_failure_at, failures, backups_hit,
                                       backups, sources, raised_at, raised_sequence, flapping, quiet_since, resolved_at)
                 values (:id, :key, :title, :failure::jsonb, :since, :last, :failures, :hit,
                         :backups::jsonb, :sources::jsonb, :raisedAt, :sequence, :flapping, :quietSince, :resolvedAt)
                 on conflict (id) do update
                    set title = excluded.title, failure = excluded.failure, since = excluded.since,
                        last_failure_at = excluded.last_failure_at, failures = excluded.failures,
                        backups_hit = excluded.backups_hit, backups = excluded.backups, sources = excluded.sources,
                        quiet_since = excluded.quiet_since, resolved_at = excluded.resolved_at
                 """)
                .param("id", incident.id())
                .param("key", incident.key())
                .param("title", incident.title())
                .param("failure", StoredFailure.write(extent.failure()))
                .param("since", extent.since().atOffset(ZoneOffset.UTC))
                .param("last", extent.lastFailureAt().atOffset(ZoneOffset.UTC))
                .param("failures", extent.failures())
                .param("hit", extent.backupsHit())
                .param("backups", json.writeValueAsString(extent.backups()))
                .param("sources", json.writeValueAsString(extent.sources()))
                .param("raisedAt", incident.raisedAt().atOffset(ZoneOffset.UTC))
                .param("sequence", incident.sequence())
                .param("flapping", incident.flapping())
                .param(
                        "quietSince",
                        incident.quietSince() == null
                                ? null
                                : incident.quietSince().atOffset(ZoneOffset.UTC))
                .param(
                        "resolvedAt",
                        incident.resolvedAt() == null
                                ? null
                                : incident.resolvedAt().atOffset(ZoneOffset.UTC))
                .update();
    }
}
