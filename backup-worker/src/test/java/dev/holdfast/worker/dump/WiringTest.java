package dev.holdfast.worker.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.outbound.OutboundGuard;
import dev.holdfast.worker.source.Sources;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

class WiringTest {
    @Test
    void spring_finds_each_port_once_and_needs_only_a_clock_and_the_guard() {
        new ApplicationContextRunner()
                .withUserConfiguration(Packages.class)
                .withBean(Clock.class, Clock::systemUTC)
                .withBean(OutboundGuard.class, OutboundGuard::standard)
                .run(context -> assertThat(context)
                        .hasSingleBean(Dumper.class)
                        .hasSingleBean(PgClients.class)
                        .hasSingleBean(Sources.class));
    }

    @Configuration(proxyBeanMethods = false)
    @ComponentScan(basePackageClasses = {Dumper.class, Sources.class})
    static class Packages {}
}
