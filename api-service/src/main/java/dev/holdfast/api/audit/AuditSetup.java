package dev.holdfast.api.audit;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the trail in its place. */
@Configuration(proxyBeanMethods = false)
class AuditSetup implements WebMvcConfigurer {
    private final AuditTrail trail;

    AuditSetup(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(trail);
    }
}
