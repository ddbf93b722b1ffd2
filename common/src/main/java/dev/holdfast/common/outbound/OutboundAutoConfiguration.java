package dev.holdfast.common.outbound;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Gives each service the one guard of its outbound connections. */
@AutoConfiguration
@EnableConfigurationProperties(OutboundProperties.class)
class OutboundAutoConfiguration {

    @Bean
    OutboundGuard outboundGuard(OutboundProperties properties) {
        return new OutboundGuard(properties.rules(), Names.ofThisMachine());
    }
}
