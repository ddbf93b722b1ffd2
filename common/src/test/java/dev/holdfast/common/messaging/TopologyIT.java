package dev.holdfast.common.messaging;

class TopologyIT extends TopologyContract {
    @Override
    BrokerAddress broker() {
        return Embedded.broker();
    }
}
