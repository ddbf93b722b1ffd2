package dev.holdfast.notification.web;

import dev.holdfast.common.peer.PeerToken;
import dev.holdfast.common.peer.PeersOnly;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may ask this service anything: the others of its installation. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    @Bean
    FilterRegistrationBean<PeersOnly> peersOnly(PeerToken token) {
        return PeersOnly.before(token);
    }
}
