package dev.holdfast.notification.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LogPropertiesTest {
    @Test
    void the_defaults_keep_a_year_of_events_and_a_week_of_progress() {
        assertThat(bound(Map.of()))
                .isEqualTo(new LogProperties(Duration.ofDays(400), Duration.ofDays(7), Duration.ofHours(1)));
    }

    @Test
    void every_key_is_read() {
        assertThat(bound(Map.of(
                        "holdfast.log.keep",
                        "90d",
                        "holdfast.log.keep-progress",
                        "12h",
                        "holdfast.log.prune-every",
                        "5m")))
                .isEqualTo(new LogProperties(Duration.ofDays(90), Duration.ofHours(12), Duration.ofMinutes(5)));
    }

    @Test
    void keeping_nothing_is_refused() {
        assertThatThrownBy(() -> bound(Map.of("holdfast.log.keep", "0s")))
                .rootCause()
                .hasMessage("holdfast.log.keep must be longer than nothing, not PT0S");
    }

    private static LogProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("holdfast.log", LogProperties.class);
    }
}
