package dev.holdfast.worker.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class DumpSettingsTest {
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(DumpConfiguration.class);

    @Test
    void the_defaults_need_no_configuration() {
        runner.run(context -> assertThat(context.getBean(DumpSettings.class))
                .isEqualTo(
                        new DumpSettings(List.of(), DataSize.ofMegabytes(256), 8, Duration.ofSeconds(60), 3, 1, null)));
    }

    @Test
    void every_key_is_mapped() {
        runner.withPropertyValues(
                        "holdfast.dump.client-directories=/a,/b",
                        "holdfast.dump.parallel-from=1GB",
                        "holdfast.dump.max-jobs=3",
                        "holdfast.dump.lock-wait-timeout=5s",
                        "holdfast.dump.zstd-level=9",
                        "holdfast.dump.parallel-zstd-level=2",
                        "holdfast.dump.run-directory=/run/holdfast")
                .run(context -> assertThat(context.getBean(DumpSettings.class))
                        .isEqualTo(new DumpSettings(
                                List.of(Path.of("/a"), Path.of("/b")),
                                DataSize.ofGigabytes(1),
                                3,
                                Duration.ofSeconds(5),
                                9,
                                2,
                                Path.of("/run/holdfast"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-jobs=0", "lock-wait-timeout=0s", "zstd-level=23", "parallel-zstd-level=0"})
    void what_can_not_work_is_refused_at_the_start(String setting) {
        runner.withPropertyValues("holdfast.dump." + setting)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("holdfast.dump." + setting.replaceFirst("=.*", "")));
    }
}
