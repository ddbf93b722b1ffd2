package dev.holdfast.notification.incident;

import java.time.Clock;
import org.springframework.stereotype.Component;

/** Keeps the tables of the incidents from growing for ever. */
@Component
class IncidentPruning {
    private final IncidentFacts facts;
    private final Incidents incidents;
    private final RetentionProperties retention;
    private final Clock clock;

    IncidentPruning(IncidentFacts facts, Incidents incidents, RetentionProperties retention, Clock clock) {
        this.facts = facts;
        this.incidents = incidents;
        this.retention = retention;
        this.clock = clock;
    }

    void prune() {
        var now = clock.instant();
        incidents.prune(now, retention.keep());
        facts.prune(now, retention.keep());
    }
}
