package dev.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Somebody's database, to be backed up and restored by hand. */
final class Shop implements AutoCloseable {
    static final String DATABASE = "shop \"floor\" 2";
    private static final Duration RESTORE_LIMIT = Duration.ofMinutes(1);

    private final EmbeddedPostgres server = EmbeddedPostgres.temporary();

    Shop() throws SQLException {
        server.createDatabase(DATABASE);
        execute(DATABASE, """
                create table item (id int primary key, name text not null, picture bytea);
                insert into item select n, 'item ' || n, sha256(n::text::bytea) from generate_series(1, 20000) n;
                """);
    }

    EmbeddedPostgres server() {
        return server;
    }

    /** Restores with pg_restore alone, as somebody without Holdfast would, and compares. */
    void assertRestores(Path dump) throws Exception {
        server.createDatabase("restored");
        var restore = new ProcessBuilder(
                "pg_restore",
                "--exit-on-error",
                "--dbname=postgresql://127.0.0.1:" + server.port() + "/restored?user=" + server.username(),
                dump.toString());
        restore.environment().put("PGPASSWORD", server.password());
        var process = restore.redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(RESTORE_LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(contents("restored")).isEqualTo(contents(DATABASE));
        execute("postgres", "drop database restored");
    }

    private String contents(String database) throws SQLException {
        try (var connection = server.dataSource(database).getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(
                        "select count(*) || ' ' || md5(string_agg(item::text, ',' order by id)) from item")) {
            result.next();
            return result.getString(1);
        }
    }

    private void execute(String database, String sql) throws SQLException {
        try (var connection = server.dataSource(database).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
