package dev.holdfast.notification.parked;

import dev.holdfast.common.messaging.EventTopology;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The events that this service itself could not handle: they have come, and people were told of them. */
@Repository
public class ParkedEvents {
    private final JdbcClient jdbc;

    ParkedEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of these events that are parked, or were given back to this service. */
    public Set<UUID> among(Collection<UUID> events) {
        return new HashSet<>(jdbc.sql("""
                        select distinct event_id::uuid from parked_message
                         where event_id = any(:events) and queue = :queue
                        """)
                .param("events", events.stream().map(UUID::toString).toArray(String[]::new))
                .param("queue", EventTopology.queue("notification"))
                .query(UUID.class)
                .list());
    }
}
