package dev.holdfast.api.live;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.messaging.EventCodec;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes events for people and browsers: CloudEvents in structured form, without what only the worker needs. */
@Component
class CloudEventJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EventCodec codec;

    CloudEventJson(EventCodec codec) {
        this.codec = codec;
    }

    String write(EventEnvelope event) {
        var data = (ObjectNode) JSON.readTree(codec.toJson(event.data()));
        data.remove("sealedPassword");
        return JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("id", event.id().toString())
                .put("source", event.source())
                .put("type", event.type().wireName())
                .put("subject", event.subject())
                .put("time", event.time().toString())
                .put("sequence", Long.toString(event.sequence()))
                .put("datacontenttype", "application/json")
                .set("data", data)
                .toString();
    }
}
