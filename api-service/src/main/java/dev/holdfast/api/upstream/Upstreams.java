package dev.holdfast.api.upstream;

import dev.holdfast.common.peer.PeerToken;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The services behind this one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({WorkerProperties.class, NotificationProperties.class})
class Upstreams {

    @Bean
    Upstream worker(WorkerProperties properties, PeerToken token) {
        return new Upstream("backup-worker", properties.url(), token);
    }

    @Bean
    Upstream notification(NotificationProperties properties, PeerToken token) {
        return new Upstream("notification-service", properties.url(), token);
    }
}
