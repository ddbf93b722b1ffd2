package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.messaging.MessagingException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class PassingTroubleTest {

    @Test
    void a_database_that_is_away_or_busy_passes() {
        assertThat(PassingTrouble.caused(new CannotGetJdbcConnectionException("refused")))
                .isTrue();
        assertThat(PassingTrouble.caused(new CannotCreateTransactionException("no connection")))
                .isTrue();
        assertThat(PassingTrouble.caused(new CannotAcquireLockException("deadlock")))
                .isTrue();
        assertThat(PassingTrouble.caused(new OptimisticLockingFailureException("changed meanwhile")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "53100", "53300", "57P01", "57P03", "58030", "25006", "55P03"})
    void so_does_what_the_server_says_of_itself(String sqlState) {
        var commit = new TransactionSystemException("commit failed", new SQLException("…", sqlState));

        assertThat(PassingTrouble.caused(new MessagingException("handler failed", commit)))
                .isTrue();
    }

    @Test
    void a_cut_connection_that_can_not_be_rolled_back_passes_as_well() {
        var rollback = new TransactionSystemException("rollback failed", new SQLException("connection is closed"));
        rollback.initApplicationException(
                new DataAccessResourceFailureException("…", new SQLException("terminating connection", "57P01")));

        assertThat(PassingTrouble.caused(rollback)).isTrue();
    }

    @Test
    void so_it_does_where_what_went_before_says_nothing_of_the_connection() {
        var rollback = new TransactionSystemException("rollback failed", new SQLException("Connection is closed"));
        rollback.initApplicationException(
                new IllegalStateException("can't schedule", new SQLException("Connection is closed")));
        var commit = new TransactionSystemException("commit failed", new SQLException("Connection is closed"));

        assertThat(PassingTrouble.caused(new MessagingException("handler failed", rollback)))
                .isTrue();
        assertThat(PassingTrouble.caused(commit)).isTrue();
    }

    @Test
    void a_message_that_breaks_a_rule_does_not() {
        assertThat(PassingTrouble.caused(new DuplicateKeyException("again"))).isFalse();
        assertThat(PassingTrouble.caused(new TransactionSystemException("…", new SQLException("…", "23514"))))
                .isFalse();
        assertThat(PassingTrouble.caused(new SQLException("no state"))).isFalse();
        assertThat(PassingTrouble.caused(new IllegalStateException("bug"))).isFalse();
        assertThat(PassingTrouble.caused(new PoisonEvent("no JSON"))).isFalse();
    }

    @Test
    void causes_that_go_in_a_circle_end() {
        var one = new IllegalStateException("one");
        var other = new IllegalStateException("other", one);
        one.initCause(other);

        assertThat(PassingTrouble.caused(one)).isFalse();
    }
}
