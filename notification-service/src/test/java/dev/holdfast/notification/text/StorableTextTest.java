package dev.holdfast.notification.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StorableTextTest {
    @Test
    void what_postgresql_cannot_hold_is_replaced_and_nothing_else() {
        assertThat(StorableText.of("a\0b\ud83dc\ude00d")).isEqualTo("a\ufffdb\ufffdc\ufffdd");
        assertThat(StorableText.of("tab\t, line\n, \ud83d\ude00, 名")).isEqualTo("tab\t, line\n, \ud83d\ude00, 名");
    }

    @Test
    void a_cut_never_splits_an_emoji() {
        assertThat(StorableText.of("\ud83d\ude00".repeat(5), 3)).isEqualTo("\ud83d\ude00\ud83d\ude00…");
        assertThat(StorableText.of("abc", 3)).isEqualTo("abc");
    }
}
