package dev.holdfast.api.web.problem;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Tells an outage of our own database, which passes, from a bug, which does not. */
final class DatabaseOutage {
    /** Connection, resources, operator intervention, system error, deadlock (PostgreSQL manual, appendix A). */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "57", "58");

    /** A standby or a full disk made it read-only. */
    private static final String READ_ONLY = "25006";

    private DatabaseOutage() {}

    static boolean caused(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = causeOf(cause)) {
            if (cause instanceof CannotGetJdbcConnectionException
                    || cause instanceof CannotCreateTransactionException
                    || cause instanceof SQLTransientConnectionException
                    || (cause instanceof SQLException sql && passes(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    /** A connection that is cut can't be rolled back either, and that second error hides the first beside its own cause. */
    private static @Nullable Throwable causeOf(Throwable failure) {
        return failure instanceof TransactionSystemException ending && ending.getApplicationException() != null
                ? ending.getApplicationException()
                : failure.getCause();
    }

    /** None is the pool's, of a connection that it has closed in the middle of its use; PostgreSQL's errors have one. */
    private static boolean passes(@Nullable String state) {
        return state == null
                || state.equals(READ_ONLY)
                || (state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2)));
    }
}
