package dev.holdfast.api.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RecallSettingsTest {

    @Test
    void every_setting_has_a_default_that_works() {
        assertThat(bind(Map.of())).isEqualTo(new RecallSettings(Duration.ofSeconds(15), Duration.ofMinutes(2)));
    }

    @Test
    void every_key_is_bound() {
        assertThat(bind(Map.of("holdfast.recall.every", "1s", "holdfast.recall.after", "5s")))
                .isEqualTo(new RecallSettings(Duration.ofSeconds(1), Duration.ofSeconds(5)));
    }

    private static RecallSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("holdfast.recall", RecallSettings.class);
    }
}
