package dev.holdfast.api.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.TransactionSystemException;

class DatabaseOutageTest {

    @Test
    void a_server_that_shuts_down_is_an_outage_even_where_the_rollback_fails_too() {
        var cut = new DataAccessResourceFailureException("…", new SQLException("terminating connection", "57P01"));
        var rollback = new TransactionSystemException("rollback failed", new SQLException("connection is closed"));
        rollback.initApplicationException(cut);

        assertThat(DatabaseOutage.caused(cut)).isTrue();
        assertThat(DatabaseOutage.caused(rollback)).isTrue();
    }

    @Test
    void a_connection_that_the_pool_has_closed_is_an_outage() {
        var closed = new UncategorizedSQLException("…", null, new SQLException("Connection is closed"));
        var rollback = new TransactionSystemException("rollback failed", new SQLException("Connection is closed"));
        rollback.initApplicationException(closed);

        assertThat(DatabaseOutage.caused(closed)).isTrue();
        assertThat(DatabaseOutage.caused(rollback)).isTrue();
    }

    @Test
    void a_broken_rule_is_none() {
        var broken = new DuplicateKeyException("…", new SQLException("duplicate key", "23505"));
        var rollback = new TransactionSystemException("rollback failed", new SQLException("connection is closed"));
        rollback.initApplicationException(broken);

        assertThat(DatabaseOutage.caused(broken)).isFalse();
        assertThat(DatabaseOutage.caused(rollback)).isFalse();
    }
}
