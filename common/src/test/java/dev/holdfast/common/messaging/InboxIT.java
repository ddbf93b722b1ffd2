package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.common.id.Uuids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

class InboxIT {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static DriverManagerDataSource dataSource;

    private final JdbcClient jdbc = JdbcClient.create(dataSource);
    private final TransactionTemplate transaction =
            new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    private final UUID event = Uuids.next();

    @BeforeAll
    static void createTables() {
        var database = Embedded.DATABASE;
        dataSource = new DriverManagerDataSource(
                database.jdbcUrl("postgres") + "?currentSchema=inboxes", database.username(), database.password());
        JdbcClient.create(dataSource).sql("create schema inboxes").update();
        new ResourceDatabasePopulator(new ClassPathResource("db/messaging/V000_1__outbox_and_inbox.sql"))
                .execute(dataSource);
    }

    @Test
    void the_second_delivery_is_no_longer_the_first() {
        assertThat(deliverAt(NOON, event)).isTrue();
        assertThat(deliverAt(NOON, event)).isFalse();
    }

    @Test
    void a_delivery_whose_effect_was_rolled_back_is_the_first_again() {
        transaction.executeWithoutResult(status -> {
            inboxAt(NOON).firstDelivery(event);
            status.setRollbackOnly();
        });

        assertThat(deliverAt(NOON, event)).isTrue();
    }

    @Test
    void of_many_deliveries_at_once_one_is_the_first() {
        var first = new AtomicInteger();

        try (var consumers = Executors.newFixedThreadPool(8)) {
            for (var i = 0; i < 8; i++) {
                consumers.execute(() -> first.addAndGet(deliverAt(NOON, event) ? 1 : 0));
            }
        }

        assertThat(first).hasValue(1);
    }

    @Test
    void a_delivery_is_not_taken_outside_a_transaction() {
        assertThatExceptionOfType(IllegalTransactionStateException.class)
                .isThrownBy(() -> inboxAt(NOON).firstDelivery(event));
    }

    @Test
    void what_is_older_than_a_month_goes_as_new_deliveries_come() {
        var old = NOON.minus(Duration.ofDays(400));
        deliverAt(old, event);
        deliverAt(old, Uuids.next());
        deliverAt(old, Uuids.next());

        deliverAt(NOON, Uuids.next());
        deliverAt(NOON, Uuids.next());

        assertThat(jdbc.sql("select count(*) from inbox where received_at < :then")
                        .param("then", NOON.minus(Duration.ofDays(31)).atOffset(ZoneOffset.UTC))
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void those_that_were_delivered_are_told_from_those_that_were_not() {
        var another = Uuids.next();
        deliverAt(NOON, event);
        deliverAt(NOON, another);

        assertThat(inboxAt(NOON).delivered(List.of(event, Uuids.next(), another)))
                .containsExactlyInAnyOrder(event, another);
        assertThat(inboxAt(NOON).delivered(List.of())).isEmpty();
    }

    private boolean deliverAt(Instant time, UUID id) {
        return transaction.execute(status -> inboxAt(time).firstDelivery(id));
    }

    private Inbox inboxAt(Instant time) {
        return new JdbcInbox(jdbc, Clock.fixed(time, ZoneOffset.UTC));
    }
}
