package dev.holdfast.api.console.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.RunningApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pages that show sources with 2,000 of them, each backed up 30 times. How long a page takes is printed. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@ExtendWith(OutputCaptureExtension.class)
class ManySourcesIT {
    private static final int SOURCES = 2_000;
    private static final Pattern NAME = Pattern.compile("<a href=\"/sources/[0-9a-f-]{36}\">(source-[0-9]{4})</a>");
    private static final Pattern NEXT = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"");

    private static RunningApi api;

    @BeforeAll
    static void fill() {
        api = RunningApi.start();
        var jdbc = api.bean(JdbcClient.class);
        jdbc.sql("""
                        insert into source (id, name, host, port, database_name, username, ssl_mode, media_paths,
                            sealed_password, password_set, created_at, updated_at)
                        select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
                            case when n % 2 = 0 then 'source-' else 'Source-' end || lpad(n::text, 4, '0'), 'db-' || n % 10,
                            5432, 'shop', 'shop', 'PREFER', '[]', 'x', true, now(), now()
                        from generate_series(1, :sources) n
                        """).param("sources", SOURCES).update();
        jdbc.sql("""
                        insert into backup (id, source_id, source_name, name, type, include_media, app, requested_at, status,
                            attempt, newest_sequence, requested_sequence, cancel_sequence, setback_sequence, started_sequence,
                            started_at, ended_sequence, ended_status, finished_at, size_bytes, artifacts)
                        select ('01900000-' || lpad(to_hex(r), 4, '0') || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
                            ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'source-' || n, 'nightly', 'FULL',
                            false, '{}', now(), 'COMPLETED', 1, 10, 1, 0, 0, 2, now(), 10, 'COMPLETED',
                            now() + interval '12 seconds', n * 1024, '[]'
                        from generate_series(1, :sources) n, generate_series(1, 30) r
                        """).param("sources", SOURCES).update();
        jdbc.sql("analyze backup").update();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void going_on_from_page_to_page_shows_each_source_once_in_the_order_of_names() {
        var seen = new ArrayList<String>();
        var path = "/sources";
        while (path != null) {
            var page = page(path);
            var names = NAME.matcher(page.replace("Source-", "source-"))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(names).hasSizeBetween(1, 50);
            seen.addAll(names);
            var next = NEXT.matcher(page);
            path = next.find() ? next.group(1) : null;
        }

        assertThat(seen)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, SOURCES)
                        .mapToObj("source-%04d"::formatted)
                        .toList());
    }

    @Test
    void a_part_is_found_by_name_host_or_database() {
        assertThat(page("/sources?text=SOURCE-1234")).contains(">source-1234<").doesNotContain("ource-1235");
        assertThat(page("/sources?text=db-7"))
                .contains("Source-0007", "text=db-7&amp;after=")
                .doesNotContain("Source-0005");
        assertThat(page("/sources?text=%25")).contains("No source is like this.");
    }

    @Test
    void a_page_takes_as_many_statements_however_many_sources_it_shows(CapturedOutput output) {
        var logging = LoggingSystem.get(getClass().getClassLoader());
        logging.setLogLevel(JdbcTemplate.class.getName(), LogLevel.DEBUG);
        try {
            var glances = api.bean(SourceGlances.class);

            assertThat(glances.page(new SourceQuery(null, null)).items())
                    .hasSize(50)
                    .allMatch(glance -> glance.runs().size() == 30);
            long many = statements(output);
            assertThat(glances.page(new SourceQuery("source-1234", null)).items())
                    .hasSize(1);
            long one = statements(output) - many;

            assertThat(many).isEqualTo(3).isEqualTo(one);
        } finally {
            logging.setLogLevel(JdbcTemplate.class.getName(), null);
        }
    }

    @Test
    void a_source_that_no_list_has_is_typed() {
        var form = page("/backups/new");
        var filtered = page("/backups?source=source-1998");

        assertThat(form).contains("<input id=\"source\"", "<datalist").doesNotContain("<select id=\"source\"");
        assertThat(filtered).contains("value=\"source-1998\"", "list=\"source-names\"", "nightly");
        assertThat(page("/backups/new?source=source-1998")).contains("value=\"source-1998\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sources", "/sources?after=source-1000", "/sources?text=1999", "/backups", "/backups/new"})
    void a_page_comes_at_once(String path) {
        var taken = new ArrayList<Duration>();
        for (int at = 0; at < 20; at++) {
            long begin = System.nanoTime();
            page(path);
            taken.add(Duration.ofNanos(System.nanoTime() - begin));
        }
        List<Duration> warm = taken.subList(10, taken.size()).stream().sorted().toList();
        System.out.printf(
                "%,d sources, %-30s median %d ms%n",
                SOURCES, path, warm.get(warm.size() / 2).toMillis());

        assertThat(warm.getFirst()).isLessThan(Duration.ofSeconds(5));
    }

    /** Of this thread alone: the service has others, which look for work. */
    private static long statements(CapturedOutput output) {
        var thread = "\"" + Thread.currentThread().getName() + "\"";
        return output.getAll()
                .lines()
                .filter(line -> line.contains("Executing prepared SQL statement") && line.contains(thread))
                .count();
    }

    private static String page(String path) {
        var answer = api.get(path.replace("&amp;", "&"), "Accept", "text/html");
        assertThat(answer.status()).as(path).isEqualTo(200);
        return answer.text();
    }
}
