package dev.holdfast.notification.log;

import static dev.holdfast.notification.log.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.HoldfastEvent;
import dev.holdfast.common.messaging.EventCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class EventLogIT {
    private static final EventCodec CODEC = new EventCodec(new SimpleMeterRegistry());

    private static LogDatabase database;
    private static JdbcClient jdbc;

    private final Events shop = Events.of("shop");
    private final Events blog = Events.of("blog");
    private Instant now = NOON.plusSeconds(3600);
    private EventLog log;

    @BeforeAll
    static void start() {
        database = LogDatabase.start();
        jdbc = database.jdbc();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        jdbc.sql("truncate event_log").update();
        log = new EventLog(jdbc, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void an_entry_comes_back_as_it_went_in() {
        var event = Events.at(5, shop.failed(false));

        record(event);

        var item = page(Map.of()).items().getFirst();
        assertThat(item.eventId()).isEqualTo(event.id());
        assertThat(item.time()).isEqualTo(NOON.plusSeconds(5));
        assertThat(item.recordedAt()).isEqualTo(now);
        assertThat(item.type()).isEqualTo("dev.holdfast.backup.failed.v1");
        assertThat(item.level()).isEqualTo(LogLevel.ERROR);
        assertThat(item.sourceId()).isEqualTo(shop.source().value());
        assertThat(item.source()).isEqualTo("shop");
        assertThat(item.backupId()).isEqualTo(shop.backup().value());
        assertThat(item.attempt()).isEqualTo(1);
        assertThat(item.message()).startsWith("backup of shop failed: STORAGE_PERMISSION_DENIED");
        assertThat(item.data()).contains("\"summary\": \"the worker (UID 1001) may not write to /app/backups\"");
    }

    @Test
    void an_event_is_in_the_log_once_however_often_it_is_recorded() {
        var event = Events.at(5, shop.completed());

        record(event);
        record(event);

        assertThat(page(Map.of()).items()).hasSize(1);
    }

    @Test
    void the_newest_come_first_in_whatever_order_they_were_recorded() {
        record(Events.at(3, shop.completed()));
        record(Events.at(1, shop.requested()));
        record(Events.at(2, shop.started()));

        assertThat(messages(Map.of()))
                .containsExactly(
                        "backup of shop completed: 11.8 MiB in 4.2 s",
                        "backup of shop started on worker-1: server 17.10, pg_dump 17.12",
                        "backup of shop requested: full with media, \"nightly\"");
    }

    @Test
    void each_filter_shows_what_it_says() {
        recordTwoBackups();

        assertThat(messages(Map.of("source", "shop"))).hasSize(3);
        assertThat(messages(Map.of("source", blog.source().toString()))).hasSize(2);
        assertThat(messages(Map.of("source", "Shop"))).isEmpty();
        assertThat(messages(Map.of("backup", blog.backup().toString()))).hasSize(2);
        assertThat(messages(Map.of("level", "debug"))).hasSize(6);
        assertThat(messages(Map.of("level", "info"))).hasSize(5);
        assertThat(messages(Map.of("level", "warn"))).hasSize(2);
        assertThat(messages(Map.of("level", "error"))).hasSize(1);
        assertThat(messages(Map.of("from", "2026-01-02T12:00:04Z"))).hasSize(2);
        assertThat(messages(Map.of("to", "2026-01-02T12:00:04Z"))).hasSize(3);
    }

    @Test
    void filters_hold_together() {
        recordTwoBackups();

        assertThat(messages(Map.of("source", "shop", "level", "warn", "text", "zanzibar PERMISSION_denied")))
                .singleElement()
                .asString()
                .startsWith("backup of shop failed and will be tried again");
        assertThat(messages(Map.of("source", "blog", "text", "12.3"))).isEmpty();
        assertThat(messages(Map.of(
                        "backup",
                        shop.backup().toString(),
                        "level",
                        "debug",
                        "from",
                        "2026-01-02T12:00:02Z",
                        "to",
                        "2026-01-02T12:00:03Z")))
                .containsExactly("backup of shop is at dump: 1.4 MiB written, 3 of 10 tables");
    }

    @Test
    void a_search_looks_at_the_failure_and_the_excerpt_of_the_log() {
        recordTwoBackups();

        for (var text : List.of("ZANZIBAR", "eacces", "storage_permission_denied", "uid 1001", "may not write")) {
            assertThat(messages(Map.of("text", text))).as(text).hasSize(2);
        }
        assertThat(messages(Map.of("text", "zanzibar completed"))).isEmpty();
        assertThat(messages(Map.of("text", "chown"))).as("a remedy's command").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100%",
                "a_b",
                "back\\slash",
                "o'brien",
                "say\"quote\"",
                "'); drop table event_log; --",
                "ärger",
                "名前",
                "🐘",
                ":word0",
                "${jndi:x}",
                "{0}",
                "?"
            })
    void odd_texts_find_themselves_alone(String text) {
        record(Events.at(1, shop.requested(1, "x" + text + "y")));
        record(Events.at(2, shop.requested(1, "100x, aXb, backslash, obrien, sayquote, arger, word, 象")));

        assertThat(messages(Map.of("text", text))).singleElement().asString().contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a'b\"c d", "x;touch /tmp/pwn", "🐘", "%", "two  spaces"})
    void odd_source_names_are_found_exactly(String name) {
        record(Events.at(1, Events.of(name).cancelled()));
        record(Events.at(2, shop.cancelled()));

        assertThat(page(Map.of("source", name)).items())
                .singleElement()
                .satisfies(item -> assertThat(item.source()).isEqualTo(name));
    }

    @Test
    void entries_of_one_type_are_found_alone() {
        record(Events.at(1, shop.requested(1, "a")));
        record(Events.at(2, shop.cancelled()));

        assertThat(page(Map.of("type", "dev.holdfast.backup.cancelled.v1")).items())
                .extracting(LogItem::type)
                .containsExactly("dev.holdfast.backup.cancelled.v1");
        assertThat(page(Map.of("type", "dev.holdfast.backup.%")).items()).isEmpty();
    }

    @Test
    void pages_neither_skip_nor_repeat_while_rows_are_added() {
        // Two per second, so that pages end between entries of the same time.
        for (int i = 0; i < 50; i++) {
            record(Events.at(i / 2, shop.requested(1, "before " + i)));
        }
        var seen = new ArrayList<LogItem>();
        var cursor = "";
        for (int pageNumber = 0; cursor != null; pageNumber++) {
            var page = page(cursor.isEmpty() ? Map.of("limit", "7") : Map.of("limit", "7", "cursor", cursor));
            seen.addAll(page.items());
            cursor = page.next();
            record(Events.at(1000 + pageNumber, shop.requested(1, "newer " + pageNumber)));
            record(Events.at(24, shop.requested(1, "late " + pageNumber)));
        }

        assertThat(seen).extracting(LogItem::id).doesNotHaveDuplicates();
        assertThat(seen)
                .extracting(LogItem::message)
                .filteredOn(message -> message.contains("before"))
                .hasSize(50);
        assertThat(seen).extracting(LogItem::message).noneMatch(message -> message.contains("newer"));
        assertThat(seen).isSortedAccordingTo((a, b) -> b.time().compareTo(a.time()));
    }

    @Test
    void the_last_page_has_no_next_one() {
        record(Events.at(1, shop.requested()));
        record(Events.at(2, shop.started()));

        assertThat(page(Map.of("limit", "2")).next()).isNull();
        assertThat(page(Map.of("limit", "1")).next()).isNotNull();
    }

    @Test
    void sealed_passwords_and_the_like_are_in_no_column() {
        record(Events.at(1, shop.requested()));

        var row = jdbc.sql("select event_log::text from event_log")
                .query(String.class)
                .single();

        assertThat(row).contains("db.example.org").doesNotContain(Events.SEALED, Events.SEALED.toLowerCase(), "sealed");
    }

    @Test
    void progress_goes_after_days_and_the_rest_after_a_year() {
        recordTwoBackups();
        now = now.plus(Duration.ofDays(8));
        log = new EventLog(jdbc, Clock.fixed(now, ZoneOffset.UTC));

        assertThat(log.prune(Duration.ofDays(400), Duration.ofDays(7))).isEqualTo(1);
        assertThat(messages(Map.of("level", "debug"))).hasSize(5);

        now = now.plus(Duration.ofDays(400));
        log = new EventLog(jdbc, Clock.fixed(now, ZoneOffset.UTC));
        record(Events.at(1, shop.cancelled()));

        assertThat(log.prune(Duration.ofDays(400), Duration.ofDays(7))).isEqualTo(5);
        assertThat(messages(Map.of())).containsExactly("backup of shop cancelled");
    }

    private void recordTwoBackups() {
        record(Events.at(1, shop.requested()));
        record(Events.at(2, shop.progressed(1_500_000, 3, 10)));
        record(Events.at(3, shop.failed(true)));
        record(Events.at(4, shop.completed()));
        record(Events.at(1, blog.requested()));
        record(Events.at(5, blog.failed(false)));
    }

    private void record(EventEnvelope event) {
        log.record(EventEntries.of(event, data(event.data())));
    }

    private static EventData data(HoldfastEvent event) {
        return EventData.parse(CODEC.toJson(event).getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }

    private List<String> messages(Map<String, String> parameters) {
        return page(parameters).items().stream().map(LogItem::message).toList();
    }

    private LogPage page(Map<String, String> parameters) {
        var given = new HashMap<String, List<String>>();
        parameters.forEach((name, value) -> given.put(name, List.of(value)));
        return log.page(LogQueryParameters.parse(given));
    }
}
