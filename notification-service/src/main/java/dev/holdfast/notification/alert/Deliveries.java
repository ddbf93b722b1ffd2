package dev.holdfast.notification.alert;

import dev.holdfast.notification.channel.AlertKind;
import dev.holdfast.notification.incident.Incident;
import dev.holdfast.notification.text.PlainLine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is to be sent, is being sent and was sent, in the table {@code alert_delivery}. */
@Repository
class Deliveries {
    private static final int LONGEST_ERROR = 500;

    private final JdbcClient jdbc;
    private final Clock clock;

    Deliveries(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void add(UUID incidentId, String channel, AlertKind kind) {
        jdbc.sql("""
                 insert into alert_delivery (incident_id, channel, kind, status, created_at, next_attempt_at)
                 values (:incident, :channel, :kind, 'pending', :now, :now)
                 """)
                .param("incident", incidentId)
                .param("channel", channel)
                .param("kind", kind.text())
                .param("now", now())
                .update();
    }

    /**
     * Gives up what is still to be sent of earlier incidents of the same problem: their end, told after this beginning, would be an
     * all-clear for what is broken again.
     */
    void overtake(Incident by) {
        jdbc.sql("""
                 update alert_delivery
                    set status = 'failed', last_error = 'overtaken: the problem came back before this could be sent'
                  where status = 'pending'
                    and incident_id in (select id from incident where incident_key = :key and id <> :by)
                 """).param("key", by.key()).param("by", by.id()).update();
    }

    /**
     * Takes the next message that is due; nobody else gets it until the lease is over. The end of an incident waits for its
     * beginning.
     */
    Optional<Delivery> claim(String channel, Duration lease) {
        return jdbc.sql("""
                        update alert_delivery
                           set attempts = attempts + 1, next_attempt_at = :leased
                         where id = (
                            select id from alert_delivery d
                             where channel = :channel and status = 'pending' and next_attempt_at <= :now
                               and not exists (select 1 from alert_delivery before
                                                where before.incident_id = d.incident_id and before.channel = d.channel
                                                  and before.id < d.id and before.status = 'pending')
                             order by next_attempt_at, id limit 1 for update skip locked)
                        returning id, incident_id, channel, kind, attempts, created_at
                        """)
                .param("leased", utc(clock.instant().plus(lease)))
                .param("channel", channel)
                .param("now", now())
                .query((row, number) -> new Delivery(
                        row.getLong("id"),
                        row.getObject("incident_id", UUID.class),
                        row.getString("channel"),
                        AlertKind.of(row.getString("kind")),
                        row.getInt("attempts"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** Also where it was overtaken while it was on its way: it has arrived. */
    void sent(Delivery delivery) {
        jdbc.sql("""
                 update alert_delivery set status = 'sent', sent_at = :now, last_error = null
                  where id = :id and attempts = :attempts
                 """)
                .param("now", now())
                .param("id", delivery.id())
                .param("attempts", delivery.attempts())
                .update();
    }

    void retry(Delivery delivery, Instant at, String reason) {
        mark(delivery, "next_attempt_at = :time, last_error = :reason", at, reason);
    }

    void fail(Delivery delivery, String reason) {
        mark(delivery, "status = 'failed', next_attempt_at = :time, last_error = :reason", clock.instant(), reason);
    }

    private void mark(Delivery delivery, String change, Instant time, String reason) {
        jdbc.sql("update alert_delivery set " + change
                        + " where id = :id and attempts = :attempts and status = 'pending'")
                .param("time", utc(time))
                .param("reason", PlainLine.of(reason, LONGEST_ERROR))
                .param("id", delivery.id())
                .param("attempts", delivery.attempts())
                .update();
    }

    long countPending() {
        return jdbc.sql("select count(*) from alert_delivery where status = 'pending'")
                .query(Long.class)
                .single();
    }

    /** The deliveries of these alerts, in the order of their making. */
    List<AlertItem.Sent> of(Collection<UUID> incidents) {
        return jdbc.sql("select * from alert_delivery where incident_id = any(:ids) order by id")
                .param("ids", incidents.toArray(UUID[]::new))
                .query((row, number) -> new AlertItem.Sent(
                        row.getObject("incident_id", UUID.class),
                        row.getString("channel"),
                        row.getString("kind"),
                        row.getString("status"),
                        row.getInt("attempts"),
                        Optional.ofNullable(row.getObject("sent_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)
                                .orElse(null),
                        row.getString("last_error")))
                .list();
    }

    /** By channel, the last message that was tried on it. */
    Map<String, ChannelItem.LastDelivery> lastOf(Collection<String> channels) {
        var last = new HashMap<String, ChannelItem.LastDelivery>();
        jdbc.sql("""
                 select last.* from unnest(:channels) name cross join lateral (
                    select * from alert_delivery where channel = name and attempts > 0 order by id desc limit 1) last
                 """).param("channels", channels.toArray(String[]::new)).query((RowCallbackHandler) row -> last.put(
                row.getString("channel"),
                new ChannelItem.LastDelivery(
                        row.getObject("incident_id", UUID.class),
                        row.getString("kind"),
                        row.getString("status"),
                        row.getInt("attempts"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("sent_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)
                                .orElse(null),
                        row.getString("last_error"))));
        return last;
    }

    private OffsetDateTime now() {
        return utc(clock.instant());
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
