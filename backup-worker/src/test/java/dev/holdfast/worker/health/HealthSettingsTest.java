package dev.holdfast.worker.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class HealthSettingsTest {

    @Test
    void every_setting_has_a_default_that_works() {
        assertThat(bind(Map.of())).isEqualTo(new HealthSettings(Duration.ofSeconds(15), Duration.ofSeconds(2)));
    }

    @Test
    void every_key_is_bound() {
        assertThat(bind(Map.of("holdfast.storage.check-every", "1m", "holdfast.storage.recheck-every", "1s")))
                .isEqualTo(new HealthSettings(Duration.ofMinutes(1), Duration.ofSeconds(1)));
    }

    private static HealthSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("holdfast.storage", HealthSettings.class);
    }
}
