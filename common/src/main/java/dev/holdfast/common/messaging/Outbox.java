package dev.holdfast.common.messaging;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.HoldfastEvent;
import java.time.Instant;
import java.util.UUID;

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

    /**
     * Stores an event that was stored before, so that it is published once more: somebody may have lost it. Who had it knows its id
     * and passes it over. Changes nothing while it waits to be published anyway.
     *
     * @param id the id that it had
     * @param time the time that it had
     * @param sequence the sequence that it had
     * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
     */
    void storeAgain(UUID id, Instant time, HoldfastEvent data, long sequence);
}
