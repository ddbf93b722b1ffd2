package dev.holdfast.common.messaging;

import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Outbox and inbox are worth nothing outside the transaction of the change that they go with. */
final class Transactions {
    private Transactions() {}

    static void requireOne(String what) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException(
                    what + " needs the transaction of the change that it belongs to");
        }
    }
}
