package dev.holdfast.notification;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts the notification-service. */
@SpringBootApplication
public class NotificationService {

    public static void main(String[] args) {
        application().run(args);
    }

    /** The application, not yet started; it reads {@code notification-service.yaml}, so that it can share a class path. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(NotificationService.class)
                .main(NotificationService.class)
                .web(WebApplicationType.SERVLET)
                .properties("spring.config.name=notification-service");
    }
}
