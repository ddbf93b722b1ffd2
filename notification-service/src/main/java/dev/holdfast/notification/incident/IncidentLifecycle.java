package dev.holdfast.notification.incident;

import dev.holdfast.common.event.Sequence;
import dev.holdfast.common.id.Uuids;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Begins, changes and ends incidents, so that there is one exactly where the facts say that something is wrong. */
@Component
public class IncidentLifecycle {
    private static final Logger log = LoggerFactory.getLogger(IncidentLifecycle.class);

    private final IncidentFacts facts;
    private final Incidents incidents;
    private final IncidentChanges changes;
    private final FlappingProperties flapping;
    private final Clock clock;

    IncidentLifecycle(
            IncidentFacts facts,
            Incidents incidents,
            IncidentChanges changes,
            FlappingProperties flapping,
            Clock clock) {
        this.facts = facts;
        this.incidents = incidents;
        this.changes = changes;
        this.flapping = flapping;
        this.clock = clock;
    }

    /**
     * Compares a problem with its incident, in the transaction of the change that gives reason to look.
     *
     * @param at when that happened
     * @param extent how far the problem reaches, empty when there is none; asked when nobody else can change incidents
     */
    public void conclude(String key, Instant at, Supplier<Optional<Extent>> extent) {
        facts.lock();
        conclude(key, at, extent.get());
    }

    /**
     * Compares a problem's facts with its incident.
     *
     * @param at when that happened which gives reason to look
     */
    void conclude(String key, Instant at) {
        conclude(key, at, facts.extent(key));
    }

    private void conclude(String key, Instant at, Optional<Extent> extent) {
        var open = incidents.open(key);
        if (open.isPresent() && extent.isPresent()) {
            grow(open.get(), extent.get());
        } else if (open.isPresent()) {
            end(open.get(), at);
        } else if (extent.isPresent()) {
            begin(key, extent.get());
        }
    }

    /** Ends the incidents that flapped and have stayed away for long enough; called in a transaction. */
    void endSteady() {
        facts.lock();
        var now = clock.instant();
        for (var incident : incidents.quietSince(now.minus(flapping.within()))) {
            resolve(incident, now);
        }
    }

    private void begin(String key, Extent extent) {
        var now = clock.instant();
        var flaps = incidents.raisedSince(key, now.minus(flapping.within())) + 1 >= flapping.times();
        var incident = new Incident(
                Uuids.next(), key, Titles.of(extent), extent, now, Sequence.after(0, clock), flaps, null, null);
        incidents.save(incident);
        log.warn("alert {} raised: {}", incident.id(), incident.title());
        changes.raised(incident);
    }

    private void grow(Incident incident, Extent extent) {
        incidents.save(changed(incident, extent, null, null));
    }

    private void end(Incident incident, Instant at) {
        if (!incident.flapping()) {
            resolve(incident, at);
        } else if (incident.quietSince() == null) {
            incidents.save(changed(incident, incident.extent(), clock.instant(), null));
        }
    }

    private void resolve(Incident incident, Instant at) {
        var last = incident.extent().lastFailureAt();
        var over = changed(incident, incident.extent(), null, at.isBefore(last) ? last : at);
        incidents.save(over);
        log.info("alert {} resolved: {}", over.id(), over.title());
        changes.resolved(over);
    }

    private static Incident changed(
            Incident incident, Extent extent, @Nullable Instant quietSince, @Nullable Instant resolvedAt) {
        return new Incident(
                incident.id(),
                incident.key(),
                Titles.of(extent),
                extent,
                incident.raisedAt(),
                incident.sequence(),
                incident.flapping(),
                quietSince,
                resolvedAt);
    }
}
