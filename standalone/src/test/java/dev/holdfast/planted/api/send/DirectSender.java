package dev.holdfast.planted.api.send;

import org.springframework.cloud.stream.function.StreamBridge;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
class DirectSender {
    private final StreamBridge bridge;

    DirectSender(StreamBridge bridge) {
        this.bridge = bridge;
    }

    boolean send() {
        return bridge.send("events-out-0", "bypasses the outbox");
    }
}
