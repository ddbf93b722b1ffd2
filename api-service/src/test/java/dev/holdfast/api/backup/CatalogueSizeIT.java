package dev.holdfast.api.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.RunningApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The lists with a large catalogue: 100,000 backups of 50 sources, or as many as {@code -Dholdfast.catalogue.size} says. What is asserted
 * is that an index answers; how long it takes is printed.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class CatalogueSizeIT {
    private static final int SIZE = Integer.getInteger("holdfast.catalogue.size", 100_000);
    private static final String LIST = "select * from backup where ";
    private static final String NEWEST = " order by id desc limit 51";
    private static final String WORDS = """
            to_tsvector('simple', regexp_replace(name || ' ' || coalesce(description, ''), '[^[:alnum:]]+', ' ', 'g'))
                @@ to_tsquery('simple', '%s')
            """;

    private static RunningApi api;
    private static JdbcClient jdbc;

    @BeforeAll
    static void fill() {
        api = RunningApi.start();
        jdbc = api.bean(JdbcClient.class);
        jdbc.sql("""
                        insert into source (id, name, host, port, database_name, username, ssl_mode, media_paths,
                            sealed_password, password_set, created_at, updated_at)
                        select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'source-' || n, 'db', 5432,
                            'shop', 'shop', 'PREFER', '[]', 'x', true, now(), now()
                        from generate_series(0, 49) n
                        """).update();
        jdbc.sql("""
                        insert into backup (id, source_id, source_name, name, description, type, include_media, app,
                            requested_at, status, attempt, newest_sequence, requested_sequence, cancel_sequence,
                            setback_sequence, started_sequence, started_at, ended_sequence, ended_status, finished_at,
                            size_bytes, artifacts, failure)
                        select ('01900000-' || lpad(to_hex(n / 65536), 4, '0') || '-7000-8000-' || lpad(to_hex(n % 65536), 12, '0'))::uuid,
                            ('00000000-0000-7000-8000-' || lpad(to_hex(n % 50), 12, '0'))::uuid, 'source-' || n % 50,
                            'source-' || n % 50 || ' nightly_' || n, 'a description of ' || md5(n::text), 'FULL', false, '{}',
                            now() - (:size - n) * interval '1 minute', case when n % 100 = 7 then 'FAILED' else 'COMPLETED' end,
                            1, 10, 1, 0, 0, 2, now() - (:size - n) * interval '1 minute', 10,
                            case when n % 100 = 7 then 'FAILED' else 'COMPLETED' end,
                            now() - (:size - n) * interval '1 minute' + interval '12 seconds', n * 1024,
                            '[]', null
                        from generate_series(1, :size) n
                        """).param("size", SIZE).update();
        // As many as could be while the notification-service is away for long; none is due within the test.
        jdbc.sql("""
                        insert into untold_outcome (backup_id, event_id, attempt, ask_at)
                        select id, id, 1, now() + interval '1 day' from backup
                        """).update();
        jdbc.sql("analyze backup, untold_outcome").update();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LIST + "true" + NEWEST,
                LIST + "id < '01900000-0000-7000-8000-000000005000'" + NEWEST,
                LIST + "status = 'FAILED'" + NEWEST,
                LIST + "status = 'CANCELLED'" + NEWEST,
                LIST + "source_name = 'source-7'" + NEWEST,
                LIST + "source_name = 'source-7' and status = 'FAILED'" + NEWEST,
                "select * from backup where source_id = '00000000-0000-7000-8000-000000000007' and status = 'COMPLETED'"
                        + " and id < '01900000-0001-7000-8000-000000000000' and type = 'FULL' and not include_media"
                        + " order by id desc limit 5",
                "select * from untold_outcome where ask_at <= now() order by ask_at limit 100"
            })
    void an_index_answers(String query) {
        var plan = plan(query);

        assertThat(plan).contains("Index").doesNotContain("Seq Scan");
    }

    @Test
    void a_rare_word_is_found_by_the_index_of_words() {
        var plan = plan(LIST + WORDS.formatted("''77777'':*") + " order by id::text collate \"C\" desc limit 51");

        assertThat(plan).contains("backup_by_words");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/backups",
                "/backups?status=failed",
                "/backups?source=source-7",
                "/backups?source=source-7&status=failed",
                "/backups?text=77777",
                "/backups?text=nightly",
                "/backups?text=nothinghasthis"
            })
    void a_page_comes_at_once(String path) {
        var taken = new ArrayList<Duration>();
        for (int at = 0; at < 30; at++) {
            long begin = System.nanoTime();
            var answer = api.get(path, "Accept", "text/html");
            taken.add(Duration.ofNanos(System.nanoTime() - begin));
            assertThat(answer.status()).isEqualTo(200);
        }
        var warm = taken.subList(10, taken.size()).stream().sorted().toList();
        System.out.printf(
                "%,d backups, %-40s median %d ms, slowest of %d: %d ms%n",
                SIZE,
                path,
                warm.get(warm.size() / 2).toMillis(),
                warm.size(),
                warm.getLast().toMillis());

        assertThat(warm.getFirst()).isLessThan(Duration.ofSeconds(5));
    }

    private static String plan(String query) {
        List<String> lines = jdbc.sql("explain (analyze) " + query)
                .query((row, number) -> row.getString(1))
                .list();
        var plan = String.join("\n", lines);
        System.out.println(query + "\n" + plan + "\n");
        return plan;
    }
}
