package dev.holdfast.api.backup;

import dev.holdfast.api.document.Documents;
import dev.holdfast.api.source.SourceUse;
import dev.holdfast.api.source.Sources;
import dev.holdfast.api.web.PageRequest;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The catalogue of backups in the database. */
@Repository
public class Backups implements SourceUse {
    private static final String OF_SOURCE = """
            (source_id = :sourceId or source_name = :sourceName
                or source_id = (select id from source where name = :sourceName))
            """;

    private static final int NEWEST = 2000;

    /** To the letter as in the index {@code backup_by_words}, or that is not used. */
    private static final String WITH_WORDS = """
            to_tsvector('simple', regexp_replace(name || ' ' || coalesce(description, ''), '[^[:alnum:]]+', ' ', 'g'))
                @@ to_tsquery('simple', :words)
            """;

    private final JdbcClient jdbc;
    private final BackupRows rows;
    private final Documents documents;

    Backups(JdbcClient jdbc, BackupRows rows, Documents documents) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.documents = documents;
    }

    /** One backup. */
    public Optional<Backup> find(BackupId id) {
        return jdbc.sql("select * from backup where id = :id")
                .param("id", id.value())
                .query(rows)
                .optional();
    }

    /** Finds one and keeps others from changing it before the transaction ends. */
    Optional<Backup> lock(BackupId id) {
        return jdbc.sql("select * from backup where id = :id for update")
                .param("id", id.value())
                .query(rows)
                .optional();
    }

    /** Newest first; ids are time-ordered. */
    public List<Backup> list(BackupFilter filter, PageRequest page) {
        var conditions = conditions(filter, page);
        return filter.text() == null
                ? list("select * from backup where " + conditions + " order by id desc limit :limit", filter, page)
                : search(conditions, filter, page);
    }

    /**
     * A word that many backups have is found among the newest; one that few have, by the index of words. The planner can't know which it
     * is, and would look for a rare one through all backups: hence two queries, and an order in the second that no index has.
     */
    private List<Backup> search(String conditions, BackupFilter filter, PageRequest page) {
        var newest = list(
                "select * from (select * from backup where " + conditions + " order by id desc limit " + NEWEST
                        + ") newest where " + WITH_WORDS + " order by id desc limit :limit",
                filter,
                page);
        return newest.size() >= page.fetch()
                ? newest
                : list(
                        "select * from backup where " + conditions + " and " + WITH_WORDS
                                + " order by id::text collate \"C\" desc limit :limit",
                        filter,
                        page);
    }

    private static String conditions(BackupFilter filter, PageRequest page) {
        var conditions = new ArrayList<String>();
        conditions.add("true");
        if (page.after() != null) {
            conditions.add("id < :after");
        }
        if (filter.status() != null) {
            conditions.add("status = :status");
        }
        if (filter.source() != null) {
            conditions.add(OF_SOURCE);
        }
        return String.join(" and ", conditions);
    }

    private List<Backup> list(String query, BackupFilter filter, PageRequest page) {
        var source = filter.source() == null ? "" : filter.source();
        return jdbc.sql(query)
                .param("after", page.after())
                .param(
                        "status",
                        filter.status() == null ? null : filter.status().name())
                .param("sourceId", Sources.idIn(source).orElseGet(() -> new UUID(0, 0)))
                .param("sourceName", source)
                .param("words", filter.text() == null ? "" : SearchedWords.query(filter.text()))
                .param("limit", page.fetch())
                .query(rows)
                .list();
    }

    @Override
    public boolean isBusy(SourceId source) {
        return jdbc.sql("""
                        select exists (select 1 from backup
                            where source_id = :id and status in ('REQUESTED', 'RUNNING'))
                        """).param("id", source.value()).query(Boolean.class).single();
    }

    void insert(Backup backup) {
        var course = backup.course();
        jdbc.sql("""
                        insert into backup (id, source_id, source_name, name, description, type, include_media, app,
                            requested_at, status, attempt, newest_sequence, requested_sequence, cancel_sequence,
                            setback_sequence)
                        values (:id, :sourceId, :sourceName, :name, :description, :type, :includeMedia, :app::json,
                            :requestedAt, :status, :attempt, :newest, :requested, 0, 0)
                        """)
                .param("id", backup.id().value())
                .param("sourceId", backup.sourceId().value())
                .param("sourceName", backup.sourceName())
                .param("name", backup.name())
                .param("description", backup.description())
                .param("type", backup.type().name())
                .param("includeMedia", backup.includeMedia())
                .param("app", documents.text(backup.app()))
                .param("requestedAt", Timestamp.from(backup.requestedAt()))
                .param("status", course.status().name())
                .param("attempt", course.attempt())
                .param("newest", course.newest())
                .param("requested", course.requested())
                .update();
    }

    /** Stores what has become of one that is locked. */
    void update(BackupId id, Course course) {
        var start = course.start();
        var step = course.step();
        var statement = jdbc.sql("""
                        update backup set status = :status, attempt = :attempt, newest_sequence = :newest,
                            requested_sequence = :requested, cancel_sequence = :cancelAsked,
                            setback_sequence = :setback, started_sequence = :startedSequence,
                            started_at = :startedAt::timestamptz, tool_version = :toolVersion,
                            server_version = :serverVersion, progressed_sequence = :progressedSequence,
                            phase = :phase, bytes_written = :bytesWritten, ended_sequence = :endedSequence,
                            ended_status = :endedStatus, finished_at = :finishedAt::timestamptz, path = :path,
                            size_bytes = :sizeBytes, artifacts = :artifacts::json, failure = :failure::json,
                            metadata = :metadata::json
                        where id = :id
                        """)
                .param("id", id.value())
                .param("status", course.status().name())
                .param("attempt", course.attempt())
                .param("newest", course.newest())
                .param("requested", course.requested())
                .param("cancelAsked", course.cancelAsked())
                .param("setback", course.setback())
                .param("startedSequence", start == null ? null : start.sequence())
                .param("startedAt", start == null ? null : Timestamp.from(start.at()))
                .param("toolVersion", start == null ? null : start.toolVersion())
                .param("serverVersion", start == null ? null : start.serverVersion())
                .param("progressedSequence", step == null ? null : step.sequence())
                .param("phase", step == null ? null : step.phase().name())
                .param("bytesWritten", step == null ? null : step.bytesWritten());
        bindOutcome(statement, course).update();
    }

    private JdbcClient.StatementSpec bindOutcome(JdbcClient.StatementSpec statement, Course course) {
        var outcome = course.outcome();
        return statement
                .param("endedSequence", outcome == null ? null : outcome.sequence())
                .param("endedStatus", outcome == null ? null : outcome.status().name())
                .param("finishedAt", outcome == null ? null : Timestamp.from(outcome.at()))
                .param("path", outcome == null ? null : outcome.path())
                .param("sizeBytes", outcome == null ? null : outcome.sizeBytes())
                .param("artifacts", outcome == null ? null : documents.text(outcome.artifacts()))
                .param("failure", outcome == null ? null : documents.write(outcome.failure()))
                .param("metadata", outcome == null ? null : documents.write(outcome.metadata()));
    }
}
