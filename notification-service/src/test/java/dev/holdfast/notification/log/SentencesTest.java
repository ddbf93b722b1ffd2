package dev.holdfast.notification.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentencesTest {
    private final Events shop = Events.of("shop");

    @Test
    void each_event_is_one_readable_sentence() {
        assertThat(Sentences.of(shop.requested())).isEqualTo("backup of shop requested: full with media, \"nightly\"");
        assertThat(Sentences.of(shop.cancelRequested())).isEqualTo("cancellation of the backup of shop requested");
        assertThat(Sentences.of(shop.started()))
                .isEqualTo("backup of shop started on worker-1: server 17.10, pg_dump 17.12");
        assertThat(Sentences.of(shop.progressed(1_500_000, 3, 10)))
                .isEqualTo("backup of shop is at dump: 1.4 MiB written, 3 of 10 tables");
        assertThat(Sentences.of(shop.completed())).isEqualTo("backup of shop completed: 11.8 MiB in 4.2 s");
        assertThat(Sentences.of(shop.failed(false)))
                .isEqualTo("backup of shop failed: STORAGE_PERMISSION_DENIED — the worker (UID 1001) may not write to"
                        + " /app/backups");
        assertThat(Sentences.of(shop.cancelled())).isEqualTo("backup of shop cancelled");
    }

    @Test
    void a_failure_that_is_retried_says_so() {
        assertThat(Sentences.of(shop.failed(true)))
                .startsWith("backup of shop failed and will be tried again: STORAGE_PERMISSION_DENIED — ");
    }

    @Test
    void later_attempts_are_counted_and_unknown_table_counts_left_out() {
        assertThat(Sentences.of(shop.requested(3, "n"))).startsWith("attempt 3 of the backup of shop requested");
        assertThat(Sentences.of(shop.progressed(0, 0, 0))).isEqualTo("backup of shop is at dump: 0 B written");
    }

    @Test
    void a_name_cannot_break_the_line_or_make_it_endless() {
        var hostile = Events.of("a\r\nlevel=ERROR\u0000\u0085b" + "x".repeat(10_000));

        var sentence = Sentences.of(hostile.cancelled());

        assertThat(sentence).startsWith("backup of a level=ERROR b").doesNotContainPattern("\\p{Cc}");
        assertThat(sentence.length()).isLessThan(300);
    }
}
