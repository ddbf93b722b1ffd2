package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

class BrokerProbeIT {
    private static TestService service;

    @BeforeAll
    static void start() {
        service = TestService.publishing(Embedded.broker(), Embedded.DATABASE, "probe");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_broker_that_takes_events_says_who_it_is() {
        var standing = service.bean(BrokerProbe.class).look();

        assertThat(standing.takesEvents()).as(standing.evidence()).isTrue();
        assertThat(standing.evidence())
                .contains("answers at 127.0.0.1:" + Embedded.broker().port());
        assertThat(standing.waiting()).isZero();
    }

    @Test
    void a_broker_that_accepts_and_never_answers_does_not_hold_up_the_one_who_asks() throws IOException {
        try (var frozen = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var standing = probe(frozen.getLocalPort()).look();

            assertThat(standing.takesEvents()).isFalse();
            assertThat(standing.evidence()).contains("no answer within 5 seconds");
        }
    }

    @Test
    void a_broker_that_is_gone_says_so_at_once() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        var standing = probe(port).look();

        assertThat(standing.takesEvents()).isFalse();
        assertThat(standing.evidence()).contains("127.0.0.1:" + port, "refused");
    }

    private static BrokerProbe probe(int port) {
        return new BrokerProbe(
                new CachingConnectionFactory("127.0.0.1", port),
                service.bean(BlockedBroker.class),
                service.bean(OutboxTable.class));
    }
}
