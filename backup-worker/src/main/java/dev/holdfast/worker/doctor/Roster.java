package dev.holdfast.worker.doctor;

import dev.holdfast.worker.doctor.WorkerFacts.Tool;
import dev.holdfast.worker.place.WorkerName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Which workers share the jobs, in the table {@code worker}. Silence is told by the database's clock, the one that all share. */
@Repository
class Roster {
    private static final TypeReference<List<Tool>> TOOLS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final WorkerName self;
    private final Instant since;

    Roster(JdbcClient jdbc, JsonMapper json, WorkerName self, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.self = self;
        this.since = clock.instant();
    }

    /** This worker is there, and has these tools. Whoever has not signed for an hour is not coming back under that name. */
    void sign(List<Tool> tools) {
        jdbc.sql("""
                insert into worker (name, tools, since, seen_at) values (:name, :tools, :since, now())
                on conflict (name) do update
                   set tools = excluded.tools, since = excluded.since, seen_at = excluded.seen_at""")
                .param("name", self.value())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("tools", json.writeValueAsString(tools))
                .update();
        jdbc.sql("delete from worker where seen_at < now() - interval '1 hour'").update();
    }

    /** This worker goes, and is not missed. */
    void leave() {
        jdbc.sql("delete from worker where name = :name")
                .param("name", self.value())
                .update();
    }

    /** All of them by name, those last of which nothing is heard any more. */
    List<Colleague> all() {
        return jdbc.sql("""
                        select w.*, w.seen_at < now() - interval '30 seconds' as silent,
                               (select count(*) from job j where j.state = 'running' and j.worker = w.name) as running
                          from worker w order by silent, name""").query(this::colleague).list();
    }

    private Colleague colleague(ResultSet row, int number) throws SQLException {
        return new Colleague(
                row.getString("name"),
                json.readValue(row.getString("tools"), TOOLS),
                row.getInt("running"),
                row.getTimestamp("since").toInstant(),
                row.getTimestamp("seen_at").toInstant(),
                row.getBoolean("silent"));
    }
}
