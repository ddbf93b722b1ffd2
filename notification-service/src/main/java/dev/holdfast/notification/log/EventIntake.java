package dev.holdfast.notification.log;

import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** Where every event enters this service; the name of the bean is the name of its binding. */
@Configuration(proxyBeanMethods = false)
class EventIntake {

    @Bean
    Consumer<Message<byte[]>> recordEvents(EventRecorder recorder) {
        return recorder::record;
    }
}
