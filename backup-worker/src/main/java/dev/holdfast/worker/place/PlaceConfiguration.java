package dev.holdfast.worker.place;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Finds out once where this worker runs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PlaceProperties.class)
class PlaceConfiguration {

    @Bean
    Place place(PlaceProperties properties) {
        return Place.of(properties);
    }
}
