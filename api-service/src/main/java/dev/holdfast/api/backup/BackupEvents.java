package dev.holdfast.api.backup;

import dev.holdfast.common.messaging.EventCodec;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** Where events enter the api-service; the bean's name is the binding's. */
@Configuration(proxyBeanMethods = false)
class BackupEvents {

    @Bean
    Consumer<Message<byte[]>> recordBackupEvents(EventCodec codec, RecordEvents record) {
        return message -> codec.decode(message).ifPresent(record::record);
    }
}
