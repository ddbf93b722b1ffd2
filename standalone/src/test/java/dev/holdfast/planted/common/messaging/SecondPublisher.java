package dev.holdfast.planted.common.messaging;

import org.springframework.cloud.stream.function.StreamBridge;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
class SecondPublisher {
    boolean send(StreamBridge bridge) {
        return bridge.send("events-out-0", "bypasses the outbox");
    }
}
