package dev.holdfast.common.messaging;

class DeliveryIT extends DeliveryContract {
    @Override
    BrokerAddress broker() {
        return Embedded.broker();
    }
}
