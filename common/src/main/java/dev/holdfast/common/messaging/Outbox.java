package dev.holdfast.common.messaging;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.HoldfastEvent;

/** Where a service puts an event: stored in the transaction of the change that it tells of, published soon after the commit. */
public interface Outbox {

    /**
     * Stores an event. The events of one subject are published in the order in which they were stored; the caller must hold the
     * subject's row locked, since ids are not given in commit order.
     *
     * @param sequence from {@link dev.holdfast.common.event.Sequence}
     * @return the event as it will be published
     * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
     */
    EventEnvelope store(HoldfastEvent data, long sequence);
}
