package dev.holdfast.notification.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchWordsTest {
    @Test
    void every_word_is_a_pattern_of_its_own() {
        assertThat(SearchWords.patterns(" Permission \t\u00a0denied ")).containsExactly("%permission%", "%denied%");
    }

    @Test
    void pattern_characters_stand_for_themselves() {
        assertThat(SearchWords.patterns("50%_of\\it")).containsExactly("%50\\%\\_of\\\\it%");
    }

    @Test
    void accents_are_the_same_however_they_are_composed() {
        assertThat(SearchWords.fold("A\u0308RGER")).isEqualTo(SearchWords.fold("\u00e4rger"));
    }
}
