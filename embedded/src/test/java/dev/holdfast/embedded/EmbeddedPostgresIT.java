package dev.holdfast.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
    @Test
    void rows_survive_a_restart_and_writes_are_durable(@TempDir Path directory) throws Exception {
        int port = FreePort.find();
        try (var database = EmbeddedPostgres.durable(directory, port, "secret")) {
            database.createDatabase("shop");
            database.createDatabase("shop");
            query(database, "create table t as select 42 as answer; select 1");
        }

        try (var database = EmbeddedPostgres.durable(directory, port, "secret")) {
            assertThat(query(database, "select answer from t")).isEqualTo("42");
            assertThat(query(database, "show fsync")).isEqualTo("on");
            assertThat(query(database, "show synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void nobody_gets_in_without_the_password() {
        try (var database = EmbeddedPostgres.temporary()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(database.jdbcUrl("postgres"), "postgres", "wrong"))
                    .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
        }
    }

    private static String query(EmbeddedPostgres database, String sql) throws SQLException {
        try (var connection = database.dataSource("shop").getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
            while (statement.getUpdateCount() != -1) {
                statement.getMoreResults();
            }
            try (var result = statement.getResultSet()) {
                result.next();
                return result.getString(1);
            }
        }
    }
}
