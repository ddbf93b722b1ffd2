package dev.holdfast.api.console.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogFilterTest {

    @Test
    void times_of_a_browsers_field_are_in_utc() {
        var query = filter("", "2026-01-02T03:04", "2026-01-02T03:04:05").query();

        assertThat(query).containsEntry("from", "2026-01-02T03:04:00Z").containsEntry("to", "2026-01-02T03:04:05Z");
    }

    @Test
    void who_asks_for_progress_gets_it_without_asking_for_its_level() {
        assertThat(filter("dev.holdfast.backup.progressed.v1", "", "").query()).containsEntry("level", "debug");
    }

    @Test
    void the_next_page_has_the_same_filter() {
        var filter = new LogFilter("a & b", null, null, null, "100 %", null, null, "here");

        assertThat(filter.address("a+b")).isEqualTo("/log?source=a%20%26%20b&text=100%20%25&cursor=a%2Bb");
        assertThat(filter.address("")).isEqualTo("/log?source=a%20%26%20b&text=100%20%25");
        assertThat(filter.isNarrow()).isTrue();
        assertThat(filter("", "", "").isNarrow()).isFalse();
    }

    private static LogFilter filter(String type, String from, String to) {
        return new LogFilter("", "", "", type, "", from, to, "");
    }
}
