package dev.holdfast.api.doctor;

import dev.holdfast.api.doctor.DoctorReport.Check;
import dev.holdfast.api.doctor.DoctorReport.Status;
import dev.holdfast.api.upstream.Upstream;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.common.failure.Remedy;
import dev.holdfast.common.messaging.BrokerProbe;
import dev.holdfast.common.messaging.BrokerStanding;
import dev.holdfast.common.quantity.Quantities;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The checks of what the services stand on: database, broker, and the service that tells people. */
@Component
class PartChecks {
    private static final Logger LOG = LoggerFactory.getLogger(PartChecks.class);
    private static final String DATABASE = "database";
    private static final String DATABASE_TITLE = "The database of the api-service answers";
    private static final String BROKER = "broker";
    private static final String BROKER_TITLE = "The broker takes events";
    private static final String NOTIFICATION = "notification-service";
    private static final String NOTIFICATION_TITLE = "The notification-service, which sends alerts, answers";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final BrokerProbe broker;
    private final Upstream notification;
    private final Clock clock;

    PartChecks(JdbcClient jdbc, BrokerProbe broker, Upstream notification, Clock clock) {
        this.jdbc = jdbc;
        this.broker = broker;
        this.notification = notification;
        this.clock = clock;
    }

    List<Check> run() {
        return List.of(database(), broker(), notification());
    }

    private Check database() {
        try {
            var facts = jdbc.sql("""
                            select 'PostgreSQL ' || current_setting('server_version') || ', database ' || current_database()
                                    as what, pg_database_size(current_database()) as size
                            """)
                    .query((row, number) -> row.getString("what") + ", " + Quantities.bytes(row.getLong("size")))
                    .single();
            return Check.pass(DATABASE, DATABASE_TITLE, facts);
        } catch (DataAccessException e) {
            LOG.warn("the doctor can't ask the database", e);
            return Check.fail(
                    DATABASE,
                    DATABASE_TITLE,
                    String.valueOf(e.getMostSpecificCause().getMessage()),
                    Remedies.ofService("postgres"));
        }
    }

    private Check broker() {
        try {
            var standing = broker.look();
            var evidence = standing.evidence() + waiting(standing);
            return standing.takesEvents()
                    ? Check.pass(BROKER, BROKER_TITLE, evidence)
                    : Check.fail(BROKER, BROKER_TITLE, evidence, brokerRemedies());
        } catch (DataAccessException e) {
            LOG.warn("the doctor can't look into the outbox", e);
            return new Check(
                    BROKER, BROKER_TITLE, Status.SKIPPED, "not looked at: the database does not answer", List.of());
        }
    }

    /** Some events always wait for a moment; how long they have waited is what tells. */
    private String waiting(BrokerStanding standing) {
        var oldest = standing.oldest();
        return oldest == null
                ? "; no event waits for it"
                : "; %d events wait for it, the first for %d seconds; nothing is lost, they go out once it takes them"
                        .formatted(
                                standing.waiting(),
                                Duration.between(oldest, clock.instant()).toSeconds());
    }

    private static List<Remedy> brokerRemedies() {
        var remedies = new ArrayList<>(Remedies.ofService("rabbitmq"));
        remedies.add(new Remedy(
                "Where it blocks publishing: see what it is short of",
                List.of("docker compose exec rabbitmq rabbitmq-diagnostics alarms"),
                false));
        return remedies;
    }

    private Check notification() {
        try {
            var reply = notification.exchange("GET", "/actuator/health/readiness", null, LIMIT);
            return reply.isSuccess()
                    ? Check.pass(NOTIFICATION, NOTIFICATION_TITLE, "it is ready")
                    : Check.fail(
                            NOTIFICATION,
                            NOTIFICATION_TITLE,
                            "it answered with " + reply.status(),
                            Remedies.ofService(NOTIFICATION));
        } catch (ApiProblem silent) {
            return Check.fail(NOTIFICATION, NOTIFICATION_TITLE, silent.detail(), Remedies.ofService(NOTIFICATION));
        }
    }
}
