package dev.holdfast.api;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the api-service, alone or as one of the three in {@code standalone}. */
@EnableScheduling
@SpringBootApplication(proxyBeanMethods = false)
public class ApiService {
    private static final Logger LOG = LoggerFactory.getLogger(ApiService.class);

    public static void main(String[] arguments) {
        application().run(arguments);
    }

    /** The service, ready to run; whether it ends with the JVM by a hook is the caller's affair. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(ApiService.class)
                .main(ApiService.class)
                .properties("spring.config.name=api-service");
    }

    @EventListener
    void listening(WebServerInitializedEvent started) {
        Environment environment = started.getApplicationContext().getEnvironment();
        LOG.info(
                "listening on {}:{}",
                environment.getProperty("server.address", "every address"),
                started.getWebServer().getPort());
    }
}
