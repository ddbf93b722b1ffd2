package dev.holdfast.api.account;

import dev.holdfast.api.access.Secret;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Links by which their holder sets a password, once. */
@Repository
public class OneTimeLinks {
    private final JdbcClient jdbc;

    OneTimeLinks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A new secret for the first administrator; it is good until there is one. */
    String forFirstAdministrator(Instant now) {
        return store(null, now, null);
    }

    /** A new secret for an account; earlier ones of it are void. */
    String forAccount(UUID account, Instant now, Duration life) {
        discard(account);
        return store(account, now, now.plus(life));
    }

    private String store(@Nullable UUID account, Instant now, @Nullable Instant expires) {
        var secret = Secret.random();
        jdbc.sql("""
                        insert into one_time_link (hash, account_id, created_at, expires_at)
                        values (:hash, :account, :now, :expires)""")
                .param("hash", Secret.hash(secret))
                .param("account", account)
                .param("now", Timestamp.from(now))
                .param("expires", expires == null ? null : Timestamp.from(expires))
                .update();
        return secret;
    }

    /** Whether a secret makes the first administrator. */
    public boolean isForFirstAdministrator(String secret) {
        return jdbc.sql("select exists (select from one_time_link where hash = :hash and account_id is null)")
                .param("hash", Secret.hash(secret))
                .query(Boolean.class)
                .single();
    }

    /** The account that a secret is for, while it is good and the account not shut out. */
    public Optional<UUID> account(String secret, Instant now) {
        return jdbc.sql("""
                        select l.account_id from one_time_link l join account a on a.id = l.account_id
                         where l.hash = :hash and l.expires_at > :now and not a.disabled""")
                .param("hash", Secret.hash(secret))
                .param("now", Timestamp.from(now))
                .query(UUID.class)
                .optional();
    }

    /** Uses a secret up: of those who come with it at once, one gets the account that it is for. */
    Optional<UUID> take(String secret, Instant now) {
        return jdbc.sql("""
                        delete from one_time_link l using account a
                         where l.hash = :hash and l.expires_at > :now and a.id = l.account_id and not a.disabled
                        returning l.account_id""")
                .param("hash", Secret.hash(secret))
                .param("now", Timestamp.from(now))
                .query(UUID.class)
                .optional();
    }

    void discard(UUID account) {
        jdbc.sql("delete from one_time_link where account_id = :account")
                .param("account", account)
                .update();
    }

    void discardThoseForFirstAdministrator() {
        jdbc.sql("delete from one_time_link where account_id is null").update();
    }
}
