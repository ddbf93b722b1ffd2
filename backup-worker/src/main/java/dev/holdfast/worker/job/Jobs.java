package dev.holdfast.worker.job;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import dev.holdfast.worker.storage.PromisedRoom;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of {@code job}. Plain SQL, since each change is an update under a condition. */
@Repository
public class Jobs {
    private static final String CANCEL_REQUESTED = """
            exists (select 1 from cancel_request c where c.backup_id = j.id and c.attempt >= j.requested_attempt)""";
    private static final String SELECT = """
            select j.request, j.requested_at, j.attempt, j.state, j.worker, j.started_at, j.turn, j.setbacks, j.deaths,
                   greatest(j.newest_sequence, (select c.newest_sequence from cancel_request c where c.backup_id = j.id))
                       as newest_sequence,
                   %s as cancel_requested
              from job j where j.id = :id""".formatted(CANCEL_REQUESTED);

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Jobs(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The directory and files of a completed backup; empty where it is unknown or not completed. */
    public Optional<PublishedBackup> published(BackupId id) {
        return jdbc.sql("select path, artifacts from job where id = :id and state = 'completed'")
                .param("id", id.value())
                .query((row, number) ->
                        new PublishedBackup(Path.of(row.getString("path")), artifacts(row.getString("artifacts"))))
                .optional();
    }

    /** How a job stands now, without a lock. */
    public Optional<JobStanding> standing(BackupId id) {
        return jdbc.sql("select j.attempt, j.state, %s as cancel_requested from job j where j.id = :id"
                        .formatted(CANCEL_REQUESTED))
                .param("id", id.value())
                .query((row, number) -> new JobStanding(
                        row.getInt("attempt"),
                        JobState.ofColumn(row.getString("state")),
                        row.getBoolean("cancel_requested")))
                .optional();
    }

    /** The backups that some worker runs now. */
    public Set<BackupId> running() {
        return jdbc.sql("select id from job where state = 'running'")
                .query((row, number) -> new BackupId(row.getObject("id", UUID.class)))
                .set();
    }

    /** How much the newest completed backup of a source takes; 0 where there is none. */
    public long lastSize(SourceId source) {
        return jdbc.sql("""
                select size_bytes from job where source_id = :source and state = 'completed'
                 order by ended_at desc limit 1""")
                .param("source", source.value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /**
     * What the backups that run since before this one are still going to write: their sources' last size and a fifth, less what
     * they have written. Later ones don't count, so that of many that begin at once the first are let in, and not none.
     */
    public PromisedRoom promisedRoom(BackupId id) {
        return jdbc.sql("""
                select count(*) as backups, coalesce(sum(remaining), 0)::bigint as bytes
                  from (select greatest(0, newest.size_bytes + newest.size_bytes / 5 - j.bytes_written) as remaining
                          from job j
                          join job own on own.id = :id
                          join lateral (select size_bytes from job
                                         where source_id = j.source_id and state = 'completed'
                                         order by ended_at desc limit 1) newest on true
                         where j.state = 'running' and (j.started_at, j.id) < (own.started_at, own.id)) running
                 where remaining > 0""")
                .param("id", id.value())
                .query((row, number) -> new PromisedRoom(row.getInt("backups"), row.getLong("bytes")))
                .single();
    }

    /** Reads a job and keeps others from changing it until the transaction ends. */
    Optional<Job> lock(BackupId id) {
        return jdbc.sql(SELECT + " for update of j")
                .param("id", id.value())
                .query(this::job)
                .optional();
    }

    /**
     * Queues a request, unless this attempt or a later one is known already or the backup is at work or complete. It takes the place
     * of an earlier one that nobody has begun: the messages need not have come in their order.
     *
     * @return whether it was queued
     */
    boolean admit(BackupRequested request, Instant requestedAt, long sequence) {
        return jdbc.sql("""
                insert into job (id, source_id, source_name, requested_attempt, attempt, state, request, requested_at,
                                 newest_sequence, server)
                values (:id, :sourceId, :sourceName, :attempt, :attempt, 'queued', :request, :requestedAt, :sequence, :server)
                on conflict (id) do update
                   set requested_attempt = excluded.requested_attempt, attempt = excluded.attempt, state = 'queued',
                       request = excluded.request, requested_at = excluded.requested_at, worker = null,
                       started_at = null, ended_at = null, phase = null, bytes_written = 0, tables_done = 0,
                       tables_total = 0, path = null, artifacts = null, size_bytes = null, failure_code = null, failure = null,
                       outcome = null, turn = job.turn + 1, setbacks = 0, deaths = 0, waiting = false, server = excluded.server,
                       newest_sequence = greatest(job.newest_sequence, excluded.newest_sequence)
                 where job.state in ('queued', 'failed', 'cancelled') and job.attempt < excluded.attempt""")
                        .param("id", request.backupId().value())
                        .param("sourceId", request.sourceId().value())
                        .param("sourceName", request.sourceName())
                        .param("attempt", request.attempt())
                        .param("request", json.writeValueAsString(request))
                        .param("requestedAt", utc(requestedAt))
                        .param("sequence", sequence)
                        .param("server", server(request))
                        .update()
                == 1;
    }

    /**
     * Until the transaction ends, nobody else asks this backup to stop, nor queues it: whichever comes second sees what the other has
     * done. Taken before the job's own lock, for which nobody waits who asks a running one to stop.
     */
    void oneDecidesOnCancelling(BackupId id) {
        jdbc.sql("""
                        select 1 from pg_advisory_xact_lock(hashtextextended('holdfast_cancel_' || current_schema() || :id, 0))""").param("id", id.toString()).query(Integer.class).single();
    }

    /** Remembers that a request, and every earlier one of that backup, is to be stopped; it need not have come yet. */
    void requestCancel(BackupId id, int attempt, long sequence) {
        jdbc.sql("""
                insert into cancel_request (backup_id, attempt, newest_sequence) values (:id, :attempt, :sequence)
                on conflict (backup_id) do update
                   set attempt = greatest(cancel_request.attempt, excluded.attempt),
                       newest_sequence = greatest(cancel_request.newest_sequence, excluded.newest_sequence)""")
                .param("id", id.value())
                .param("attempt", attempt)
                .param("sequence", sequence)
                .update();
    }

    void start(BackupId id, int attempt, Claimant claimant, Instant startedAt) {
        jdbc.sql("""
                update job
                   set state = 'running', attempt = :attempt, worker = :worker, started_at = :startedAt, phase = null,
                       deaths = deaths + case when state = 'running' and not :hadItBefore then 1 else 0 end,
                       bytes_written = 0, tables_done = 0, tables_total = 0
                 where id = :id""")
                .param("id", id.value())
                .param("attempt", attempt)
                .param("worker", claimant.worker())
                .param("hadItBefore", claimant.hadItBefore())
                .param("startedAt", utc(startedAt))
                .update();
    }

    void countSetback(BackupId id) {
        jdbc.sql("update job set setbacks = setbacks + 1 where id = :id")
                .param("id", id.value())
                .update();
    }

    void saw(BackupId id, long sequence) {
        jdbc.sql("update job set newest_sequence = greatest(newest_sequence, :sequence) where id = :id")
                .param("id", id.value())
                .param("sequence", sequence)
                .update();
    }

    void progress(BackupId id, JobProgress progress) {
        jdbc.sql("""
                update job
                   set phase = :phase, bytes_written = :bytes, tables_done = :done, tables_total = :total
                 where id = :id""")
                .param("id", id.value())
                .param("phase", progress.phase().name().toLowerCase(Locale.ROOT))
                .param("bytes", progress.bytesWritten())
                .param("done", progress.tablesDone())
                .param("total", progress.tablesTotal())
                .update();
    }

    void end(BackupId id, JobState state, Instant at, @Nullable PublishedBackup published, @Nullable Failure failure) {
        jdbc.sql("""
                update job
                   set state = :state, ended_at = :at, phase = null, waiting = false, path = :path, artifacts = :artifacts,
                       size_bytes = :size, failure_code = :failureCode, failure = :failure
                 where id = :id""")
                .param("id", id.value())
                .param("state", state.column())
                .param("at", utc(at))
                .param("path", published == null ? null : published.directory().toString())
                .param("artifacts", published == null ? null : json.writeValueAsString(published.artifacts()))
                .param("size", published == null ? null : published.sizeBytes())
                .param("failureCode", failure == null ? null : failure.code().name())
                .param("failure", failure == null ? null : json.writeValueAsString(failure))
                .update();
    }

    /** Remembers the event that tells the end of a job. */
    void keepOutcome(BackupId id, EventEnvelope told) {
        jdbc.sql("update job set outcome = :outcome where id = :id")
                .param("id", id.value())
                .param("outcome", json.writeValueAsString(KeptOutcome.of(told, json)))
                .update();
    }

    /** The event that told the end of a job; empty where it has not ended, or before such events were kept. */
    Optional<EventEnvelope> keptOutcome(BackupId id) {
        return jdbc.sql("select outcome from job where id = :id and outcome is not null")
                .param("id", id.value())
                .query(String.class)
                .optional()
                .map(text -> json.readValue(text, KeptOutcome.class).event(json));
    }

    private Job job(ResultSet row, int number) throws SQLException {
        Timestamp startedAt = row.getTimestamp("started_at");
        return new Job(
                json.readValue(row.getString("request"), BackupRequested.class),
                row.getTimestamp("requested_at").toInstant(),
                row.getInt("attempt"),
                JobState.ofColumn(row.getString("state")),
                row.getString("worker"),
                startedAt == null ? null : startedAt.toInstant(),
                row.getInt("turn"),
                row.getInt("setbacks"),
                row.getInt("deaths"),
                row.getLong("newest_sequence"),
                row.getBoolean("cancel_requested"));
    }

    private List<Artifact> artifacts(String text) {
        return json.readValue(text, new TypeReference<List<Artifact>>() {});
    }

    private static @Nullable String server(BackupRequested request) {
        var connection = request.connection();
        return request.type() == BackupType.MEDIA
                ? null
                : connection.host().toLowerCase(Locale.ROOT) + ":" + connection.port();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
