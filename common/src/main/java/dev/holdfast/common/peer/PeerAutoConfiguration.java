package dev.holdfast.common.peer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Gives each service the token by which the others know it. */
@AutoConfiguration
@ConditionalOnWebApplication
@EnableConfigurationProperties(PeerProperties.class)
class PeerAutoConfiguration {

    @Bean
    PeerToken peerToken(PeerProperties properties) {
        return properties.read();
    }
}
