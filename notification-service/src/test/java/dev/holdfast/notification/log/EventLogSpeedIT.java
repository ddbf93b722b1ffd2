package dev.holdfast.notification.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** With many rows, every usual question is answered from an index: what is asserted is its use, not the time. */
class EventLogSpeedIT {
    private static final int ROWS = 200_000;

    private static LogDatabase database;
    private static JdbcClient jdbc;

    @BeforeAll
    static void fill() {
        database = LogDatabase.start();
        jdbc = database.jdbc();
        jdbc.sql("""
                 insert into event_log (event_id, occurred_at, recorded_at, type, level, source_id, source_name,
                                        backup_id, attempt, message, data, search_text)
                 select gen_random_uuid(), at, at, 'dev.holdfast.backup.' || kind || '.v1',
                        case kind when 'progressed' then 'DEBUG' when 'failed' then 'ERROR' else 'INFO' end,
                        md5((i % 50)::text)::uuid, 'source' || i % 50, md5((i / 100)::text)::uuid, 1, text, '{}',
                        text || case kind when 'failed' then repeat(' a line of the log ' || md5((-i)::text), 20) else '' end
                   from generate_series(1, :rows) i,
                        lateral (select timestamptz '2026-01-01' + i * interval '1 second' as at,
                                        case when i % 10 < 7 then 'progressed' when i % 10 = 9 then 'failed' else 'completed' end as kind,
                                        'backup of source' || i % 50 || ' ' || md5(i::text) as text) x
                 """).param("rows", ROWS).update();
        jdbc.sql("analyze event_log").update();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "event_log_newest_info, limit, 50",
        "event_log_newest, level, debug",
        "event_log_newest_warn, level, warn",
        "event_log_newest_info, from, 2026-01-02T00:00:00Z",
        "event_log_source_name, source, source7",
        "event_log_type, type, dev.holdfast.backup.failed.v1",
        "event_log_backup, backup, 'c4ca4238-a0b9-2382-0dcc-509a6f75849b'",
        "event_log_text, text, no-such-word",
        "event_log_text, text, c9f0f895fb98"
    })
    void a_page_comes_from_an_index(String index, String parameter, String value) {
        var log = new EventLog(jdbc, Clock.systemUTC());
        var query = LogQueryParameters.parse(Map.of(parameter, List.of(value)));
        log.page(query);
        var before = scansOf(index);

        var start = System.nanoTime();
        var page = log.page(query);
        var millis = (System.nanoTime() - start) / 1_000_000.0;

        System.out.printf(
                "%s=%s: %d of %d rows in %.1f ms%n",
                parameter, value, page.items().size(), ROWS, millis);
        assertThat(scansOf(index)).as("scans of " + index).isGreaterThan(before);
    }

    private static long scansOf(String index) {
        jdbc.sql("select pg_stat_force_next_flush()").query(rows -> {});
        jdbc.sql("select pg_stat_clear_snapshot()").query(rows -> {});
        return jdbc.sql("select idx_scan from pg_stat_user_indexes where indexrelname = :index")
                .param("index", index)
                .query(Long.class)
                .single();
    }
}
