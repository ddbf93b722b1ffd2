package dev.holdfast.common.messaging;

import java.util.UUID;

/** What a consumer has handled already, so that a second delivery has no effect. */
public interface Inbox {

    /**
     * Records a delivery, in the transaction of its effect.
     *
     * @return whether this is the first time; if not, the caller returns without an effect
     * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
     */
    boolean firstDelivery(UUID eventId);
}
