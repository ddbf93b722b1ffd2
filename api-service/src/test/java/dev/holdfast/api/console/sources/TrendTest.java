package dev.holdfast.api.console.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrendTest {

    @Test
    void a_line_stands_on_zero_and_reaches_the_upper_edge_where_it_is_greatest() {
        var trend = Trend.of(List.of(0L, 50L, 100L));

        assertThat(trend.line()).isEqualTo("3.0,45.0 120.0,24.0 237.0,3.0");
        assertThat(trend.area()).isEqualTo("3,48 3.0,45.0 120.0,24.0 237.0,3.0 237,48");
        assertThat(trend.endX()).isEqualTo(237);
        assertThat(trend.endY()).isEqualTo(3);
    }

    @Test
    void one_amount_is_no_line_and_none_is_nothing() {
        assertThat(Trend.of(List.of(7L)).isDrawn()).isFalse();
        assertThat(Trend.of(List.of()).count()).isZero();
    }

    @Test
    void amounts_that_are_all_zero_lie_on_the_lower_edge() {
        assertThat(Trend.of(List.of(0L, 0L)).line()).isEqualTo("3.0,45.0 237.0,45.0");
    }
}
