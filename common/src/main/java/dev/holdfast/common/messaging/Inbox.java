package dev.holdfast.common.messaging;

import java.util.Collection;
import java.util.Set;
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

    /**
     * Those of these events that were delivered and have had their effect, as far back as that is remembered.
     *
     * @param eventIds not more than a statement can name; none is a question, too
     */
    Set<UUID> delivered(Collection<UUID> eventIds);
}
