package dev.holdfast.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RunSettingsTest {

    @Test
    void every_setting_has_a_default_that_works() {
        assertThat(bind(Map.of()))
                .isEqualTo(new RunSettings(
                        null,
                        2,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(30),
                        3,
                        Duration.ofSeconds(3),
                        null,
                        Duration.ofSeconds(6)));
    }

    @Test
    void every_key_is_bound() {
        assertThat(bind(Map.of(
                        "holdfast.run.worker-name", "w",
                        "holdfast.run.parallel", "3",
                        "holdfast.run.heartbeat", "1s",
                        "holdfast.run.stall-timeout", "2m",
                        "holdfast.run.yield-after", "5s",
                        "holdfast.run.retries", "0",
                        "holdfast.run.first-retry", "6s",
                        "holdfast.run.total-timeout", "3h",
                        "holdfast.run.stop-grace", "4s")))
                .isEqualTo(new RunSettings(
                        "w",
                        3,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(5),
                        0,
                        Duration.ofSeconds(6),
                        Duration.ofHours(3),
                        Duration.ofSeconds(4)));
    }

    private static RunSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("holdfast.run", RunSettings.class);
    }
}
