package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.embedded.EmbeddedBroker;
import dev.holdfast.embedded.EmbeddedPostgres;
import dev.holdfast.embedded.FreePort;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/** The promises on the embedded broker, and what only a broker and a database that a test may stop can show. */
class OutboxRelayIT extends OutboxRelayContract {
    @TempDir
    Path directory;

    @Override
    BrokerAddress broker() {
        return Embedded.broker();
    }

    @Test
    void everything_arrives_in_order_although_the_broker_restarts() {
        var port = FreePort.find();
        var backups = backups(4);
        var broker = EmbeddedBroker.durable(directory, port, "secret");
        try (var service =
                TestService.consuming("notification", Embedded.address(broker), Embedded.DATABASE, aSchema())) {
            writeSideBySide(backups, 1, List.of(service));
            broker.close();
            writeSideBySide(backups, 1 + EVENTS, List.of(service));
            assertThat(service.pending()).isPositive();

            broker = EmbeddedBroker.durable(directory, port, "secret");

            assertInOrder(service, backups, 2 * EVENTS);
            eventually().until(() -> service.pending() == 0);
        } finally {
            broker.close();
        }
    }

    @Test
    void the_relay_goes_on_after_the_database_restarts() {
        var port = FreePort.find();
        var backups = backups(4);
        var database = EmbeddedPostgres.durable(directory, port, "secret");
        try (var service = TestService.consuming("api", broker(), database, aSchema())) {
            writeSideBySide(backups, 1, List.of(service));
            database.close();
            eventually().until(() -> service.meter("holdfast.outbox.failures") > 0);

            database = EmbeddedPostgres.durable(directory, port, "secret");
            // The pool may still hand out a connection that the stopping server has cut.
            eventually().ignoreExceptionsInstanceOf(DataAccessException.class).until(() -> service.pending() == 0);
            writeSideBySide(backups, 1 + EVENTS, List.of(service));

            assertInOrder(service, backups, 2 * EVENTS);
        } finally {
            database.close();
        }
    }
}
