package dev.holdfast.notification.parked;

import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.notification.alert.AlertProperties;
import dev.holdfast.notification.incident.Extent;
import dev.holdfast.notification.incident.IncidentLifecycle;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Keeps one incident open for each queue of which a message is parked. */
@Component
class ParkedIncidents {
    private final ParkedMessages messages;
    private final IncidentLifecycle lifecycle;
    private final String console;

    ParkedIncidents(ParkedMessages messages, IncidentLifecycle lifecycle, AlertProperties properties) {
        this.messages = messages;
        this.lifecycle = lifecycle;
        console = properties.consoleUrl() + "/api/v1/parked-messages";
    }

    /** Draws the conclusion from a change, in its transaction. */
    void conclude(String queue, Instant now) {
        lifecycle.conclude("parked:" + queue, now, () -> messages.of(queue).map(parking -> extent(queue, parking)));
    }

    private Extent extent(String queue, Parking parking) {
        var failure = Failure.of(
                FailureCode.MESSAGE_PARKED,
                "a message of %s could not be handled and was set aside: %s".formatted(queue, parking.reason()),
                parking.count() + " of this queue " + (parking.messages() == 1 ? "is" : "are") + " parked",
                Map.of("parked", console + "?queue=" + queue, "replay", console + "/" + parking.newest() + "/replay"));
        return new Extent(failure, parking.since(), parking.last(), parking.messages(), 0, List.of(), List.of());
    }
}
