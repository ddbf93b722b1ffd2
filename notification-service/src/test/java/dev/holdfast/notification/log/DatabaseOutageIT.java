package dev.holdfast.notification.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.embedded.EmbeddedBroker;
import dev.holdfast.embedded.EmbeddedPostgres;
import dev.holdfast.embedded.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class DatabaseOutageIT {
    private final Events shop = Events.of("shop");

    @Test
    void events_that_come_while_the_database_is_away_are_logged_when_it_is_back(@TempDir Path directory) {
        int port = FreePort.find();
        try (var broker = EmbeddedBroker.inMemory()) {
            LogService service;
            try (var database = EmbeddedPostgres.durable(directory, port, "secret")) {
                service = LogService.start(broker, database);
                service.publish(Events.at(0, shop.requested()));
                await().until(() -> service.rows() == 1);
            }
            try (service) {
                IntStream.rangeClosed(1, 20).forEach(i -> service.publish(Events.at(i, shop.requested())));
                var answer = service.get("/api/v1/log");
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                assertThat(JsonMapper.shared()
                                .readTree(answer.body())
                                .path("code")
                                .stringValue())
                        .isEqualTo("DATABASE_UNAVAILABLE");

                try (var database = EmbeddedPostgres.durable(directory, port, "secret")) {
                    await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> service.rows() == 21);
                    assertThat(service.parked()).isZero();
                }
            }
        }
    }
}
