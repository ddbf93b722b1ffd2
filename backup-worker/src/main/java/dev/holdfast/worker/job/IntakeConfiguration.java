package dev.holdfast.worker.job;

import dev.holdfast.common.messaging.EventCodec;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** Where requests enter the worker: {@code holdfast.events.worker} delivers here. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    /** The bean's name is the binding's name, see {@code backup-worker.yaml}. */
    @Bean
    Consumer<Message<byte[]>> acceptJob(EventCodec codec, JobIntake intake) {
        return message -> codec.decode(message).ifPresent(intake::accept);
    }
}
