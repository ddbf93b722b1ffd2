package dev.holdfast.api.account;

import dev.holdfast.api.access.Caller;
import dev.holdfast.api.access.Role;
import dev.holdfast.api.access.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tokens in the database; of their secrets it has the hashes. */
@Repository
public class ApiTokens {
    private static final Duration USED_TO_THE = Duration.ofMinutes(1);
    private static final String SELECT =
            "select t.*, a.name as account_name from api_token t join account a on a.id = t.account_id ";

    private final JdbcClient jdbc;

    ApiTokens(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(ApiToken token, String secret) {
        jdbc.sql("""
                        insert into api_token (id, account_id, name, hash, scope, created_at, expires_at)
                        values (:id, :account, :name, :hash, :scope, :created, :expires)""")
                .param("id", token.id())
                .param("account", token.account())
                .param("name", token.name())
                .param("hash", Secret.hash(secret))
                .param("scope", token.scope().name())
                .param("created", Timestamp.from(token.createdAt()))
                .param("expires", token.expiresAt() == null ? null : Timestamp.from(token.expiresAt()))
                .update();
    }

    /** All, newest first. */
    public List<ApiToken> all() {
        return jdbc.sql(SELECT + "order by t.id desc").query(ApiTokens::token).list();
    }

    /** Those of an account, newest first. */
    public List<ApiToken> of(UUID account) {
        return jdbc.sql(SELECT + "where t.account_id = :account order by t.id desc")
                .param("account", account)
                .query(ApiTokens::token)
                .list();
    }

    Optional<ApiToken> find(UUID id) {
        return jdbc.sql(SELECT + "where t.id = :id")
                .param("id", id)
                .query(ApiTokens::token)
                .optional();
    }

    void delete(UUID id) {
        jdbc.sql("delete from api_token where id = :id").param("id", id).update();
    }

    /** Whom a secret lets in now; that it was used is remembered, once a minute at most. */
    Optional<Caller> caller(String secret, Instant now) {
        var found = jdbc.sql("""
                        select t.id, t.last_used_at, t.scope, t.name, a.id as account, a.name as account_name, a.role
                          from api_token t join account a on a.id = t.account_id
                         where t.hash = :hash and not a.disabled and (t.expires_at is null or t.expires_at > :now)""")
                .param("hash", Secret.hash(secret))
                .param("now", Timestamp.from(now))
                .query((row, number) -> new Use(
                        row.getObject("id", UUID.class),
                        row.getTimestamp("last_used_at"),
                        new Caller(
                                Caller.Kind.TOKEN,
                                row.getObject("account", UUID.class),
                                row.getString("account_name") + " (token " + row.getString("name") + ")",
                                Role.valueOf(row.getString("scope")).within(Role.valueOf(row.getString("role"))),
                                0)))
                .optional();
        found.filter(use -> use.last() == null
                        || use.last().toInstant().plus(USED_TO_THE).isBefore(now))
                .ifPresent(use -> used(use.token(), now));
        return found.map(Use::caller);
    }

    private void used(UUID id, Instant now) {
        jdbc.sql("update api_token set last_used_at = :now where id = :id")
                .param("now", Timestamp.from(now))
                .param("id", id)
                .update();
    }

    private record Use(UUID token, @Nullable Timestamp last, Caller caller) {}

    private static ApiToken token(ResultSet row, int number) throws SQLException {
        return new ApiToken(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getString("account_name"),
                row.getString("name"),
                Role.valueOf(row.getString("scope")),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "expires_at"),
                instant(row, "last_used_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
