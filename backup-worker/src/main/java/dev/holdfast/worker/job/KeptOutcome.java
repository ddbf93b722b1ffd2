package dev.holdfast.worker.job;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.EventType;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as it lies in a job's row.
 *
 * @param type its name on the wire, without which the data could not be read
 */
record KeptOutcome(UUID id, String source, Instant time, long sequence, String type, JsonNode data) {

    static KeptOutcome of(EventEnvelope told, JsonMapper json) {
        return new KeptOutcome(
                told.id(),
                told.source(),
                told.time(),
                told.sequence(),
                told.type().wireName(),
                json.valueToTree(told.data()));
    }

    EventEnvelope event(JsonMapper json) {
        var dataType = EventType.named(type).orElseThrow(() -> new IllegalStateException("no event is a " + type));
        return new EventEnvelope(id, source, time, sequence, json.treeToValue(data, dataType.dataType()));
    }
}
