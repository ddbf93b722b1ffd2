package dev.holdfast.common.messaging;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The inbox as a table. It keeps itself small: whoever adds a row takes two expired ones away. */
final class JdbcInbox implements Inbox {
    /** Far longer than a broker or an outbox holds a duplicate back. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcInbox(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public boolean firstDelivery(UUID eventId) {
        Transactions.requireOne("a delivery");
        var now = clock.instant();
        return jdbc.sql("""
                        with expired as (
                            delete from inbox where event_id in (
                                select event_id from inbox where received_at < :expiry
                                order by received_at limit 2 for update skip locked))
                        insert into inbox (event_id, received_at) values (:eventId, :now)
                        on conflict (event_id) do nothing
                        """)
                        .param("expiry", now.minus(KEPT).atOffset(ZoneOffset.UTC))
                        .param("eventId", eventId)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    @Override
    public Set<UUID> delivered(Collection<UUID> eventIds) {
        return eventIds.isEmpty()
                ? Set.of()
                : jdbc.sql("select event_id from inbox where event_id in (:eventIds)")
                        .param("eventIds", eventIds)
                        .query((row, number) -> row.getObject("event_id", UUID.class))
                        .set();
    }
}
