package dev.holdfast.common.messaging;

import java.sql.SQLException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Tells trouble that passes, such as a database that restarts, from a message that can't be handled. The first must never cost a
 * good message its place in the queue.
 */
final class PassingTrouble {
    private PassingTrouble() {}

    static boolean caused(Throwable failure) {
        return causes(failure).anyMatch(PassingTrouble::isPassing);
    }

    static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, PassingTrouble::causeOf)
                .limit(50);
    }

    /** A connection that is cut can't be rolled back either, and that second error hides the first beside its own cause. */
    private static @Nullable Throwable causeOf(Throwable failure) {
        return failure instanceof TransactionSystemException ending && ending.getApplicationException() != null
                ? ending.getApplicationException()
                : failure.getCause();
    }

    private static boolean isPassing(Throwable cause) {
        return switch (cause) {
            case TransientDataAccessException e -> true;
            case RecoverableDataAccessException e -> true;
            case NonTransientDataAccessResourceException e -> true;
            case CannotCreateTransactionException e -> true;
            case TransactionSystemException e -> isOfConnection(e);
            case SQLException e -> e.getSQLState() != null && isPassing(e.getSQLState());
            default -> false;
        };
    }

    /**
     * Whether a transaction could not be ended because its connection is gone. A rollback fails for nothing else, whatever went before it; and
     * the pool says of a connection that it has closed no more than that, without any state.
     */
    private static boolean isOfConnection(TransactionSystemException ending) {
        return ending.getApplicationException() != null
                || (ending.getCause() instanceof SQLException refused && refused.getSQLState() == null);
    }

    /** PostgreSQL manual, appendix A: connection, roll-back, resources, intervention of an operator, system error, read-only. */
    private static boolean isPassing(String sqlState) {
        return Stream.of("08", "40", "53", "57", "58", "25006", "55P03").anyMatch(sqlState::startsWith);
    }
}
