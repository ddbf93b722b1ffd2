package dev.holdfast.worker.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SourceSettingsTest {
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(SourceConfiguration.class);

    @Test
    void the_defaults_need_no_configuration() {
        runner.run(context -> assertThat(context.getBean(SourceSettings.class))
                .isEqualTo(new SourceSettings(
                        Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(2), null)));
    }

    @Test
    void every_key_is_mapped() {
        runner.withPropertyValues(
                        "holdfast.source.connect-timeout=3s",
                        "holdfast.source.statement-timeout=4s",
                        "holdfast.source.lock-timeout=5s",
                        "holdfast.source.tls-root-certificates=/etc/roots.pem")
                .run(context -> assertThat(context.getBean(SourceSettings.class))
                        .isEqualTo(new SourceSettings(
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(5),
                                Path.of("/etc/roots.pem"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect-timeout=10ms", "statement-timeout=0s", "lock-timeout=0s"})
    void what_can_not_work_is_refused_at_the_start(String setting) {
        runner.withPropertyValues("holdfast.source." + setting)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("holdfast.source." + setting.replaceFirst("=.*", "")));
    }
}
