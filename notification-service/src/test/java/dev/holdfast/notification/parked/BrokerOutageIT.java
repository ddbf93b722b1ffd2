package dev.holdfast.notification.parked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.embedded.EmbeddedBroker;
import dev.holdfast.embedded.EmbeddedPostgres;
import dev.holdfast.notification.log.LogService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BrokerOutageIT {

    @Test
    void a_message_stays_parked_when_the_broker_does_not_take_it() {
        var broker = EmbeddedBroker.inMemory();
        try (var database = EmbeddedPostgres.temporary();
                var service = LogService.start(broker, database)) {
            service.sendTo("notification", Map.of(), "no event".getBytes(StandardCharsets.UTF_8));
            await().atMost(Duration.ofSeconds(60)).until(() -> service.parked() == 1);
            var path = "/api/v1/parked-messages/"
                    + service.jdbc()
                            .sql("select id from parked_message")
                            .query(String.class)
                            .single();
            broker.close();

            var answer = service.send("POST", path + "/replay");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(JsonMapper.shared().readTree(answer.body()).path("code").stringValue())
                    .isEqualTo("BROKER_UNAVAILABLE");
            assertThat(service.parked()).isEqualTo(1);
            assertThat(service.get(path).body()).contains("\"parked\"");
        }
    }
}
