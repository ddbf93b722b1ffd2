package dev.holdfast.api.account;

import dev.holdfast.api.access.Caller;
import dev.holdfast.api.access.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The accounts in the database. */
@Repository
public class Accounts {
    private final JdbcClient jdbc;

    Accounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether nobody can sign in yet. */
    public boolean isEmpty() {
        return !jdbc.sql("select exists (select from account)")
                .query(Boolean.class)
                .single();
    }

    /** Whether somebody can sign in and administer Holdfast. */
    public boolean hasAdministrator() {
        return otherAdministrators(new UUID(0, 0)) > 0;
    }

    /** Lets one transaction after the other decide whether there is an administrator. */
    void lockAll() {
        jdbc.sql("lock table account in share row exclusive mode").update();
    }

    /** All, by name. */
    public List<Account> all() {
        return jdbc.sql("select * from account order by lower(name)")
                .query(Accounts::account)
                .list();
    }

    /** One account. */
    public Optional<Account> find(UUID id) {
        return jdbc.sql("select * from account where id = :id")
                .param("id", id)
                .query(Accounts::account)
                .optional();
    }

    /** The same; whoever else locks or changes it waits until this transaction has ended. */
    Optional<Account> findLocked(UUID id) {
        return jdbc.sql("select * from account where id = :id for update")
                .param("id", id)
                .query(Accounts::account)
                .optional();
    }

    /** Whether a session's account is there, not shut out, and as it was when the session began. */
    public boolean isSame(Caller session) {
        return jdbc.sql("""
                        select exists (select from account
                         where id = :id and not disabled and role = :role and version = :version)""")
                .param("id", session.id())
                .param("role", session.role().name())
                .param("version", session.version())
                .query(Boolean.class)
                .single();
    }

    /** The account that signs in with a password under this name. */
    Optional<Account> withPassword(String name) {
        return jdbc.sql("select * from account where lower(name) = lower(:name) and issuer is null")
                .param("name", VisibleName.of(name))
                .query(Accounts::account)
                .optional();
    }

    Optional<Account> ofProvider(String issuer, String subject) {
        return jdbc.sql("select * from account where issuer = :issuer and subject = :subject")
                .param("issuer", issuer)
                .param("subject", subject)
                .query(Accounts::account)
                .optional();
    }

    boolean isNameTaken(String name) {
        return jdbc.sql("select exists (select from account where lower(name) = lower(:name))")
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    /** How many could administer Holdfast with a password or by their identity provider, beside one. */
    int otherAdministrators(UUID beside) {
        return jdbc.sql("""
                        select count(*) from account
                         where role = 'ADMINISTRATOR' and not disabled and id <> :beside
                           and (password_hash is not null or issuer is not null)""").param("beside", beside).query(Integer.class).single();
    }

    /** @throws org.springframework.dao.DuplicateKeyException when another account has the name */
    void insert(Account account, @Nullable String subject) {
        jdbc.sql("""
                        insert into account (id, name, role, password_hash, issuer, subject, created_at)
                        values (:id, :name, :role, :hash, :issuer, :subject, :at)""")
                .param("id", account.id())
                .param("name", account.name())
                .param("role", account.role().name())
                .param("hash", account.passwordHash())
                .param("issuer", account.issuer())
                .param("subject", subject)
                .param("at", Timestamp.from(account.createdAt()))
                .update();
    }

    void setRole(UUID id, Role role, boolean disabled) {
        setRole(id, role, disabled, false);
    }

    /** @param withoutRole whether it is disabled for having no role there */
    void setRole(UUID id, Role role, boolean disabled, boolean withoutRole) {
        jdbc.sql("""
                        update account set role = :role, disabled = :disabled, without_role = :withoutRole,
                            version = version + 1 where id = :id""")
                .param("role", role.name())
                .param("disabled", disabled)
                .param("withoutRole", withoutRole)
                .param("id", id)
                .update();
    }

    void setPassword(UUID id, String hash) {
        jdbc.sql("update account set password_hash = :hash, version = version + 1 where id = :id")
                .param("hash", hash)
                .param("id", id)
                .update();
    }

    /** Another password where nothing has happened to the account since it was read; false otherwise. */
    boolean changePassword(Account read, String hash) {
        return jdbc.sql(
                                "update account set password_hash = :hash, version = version + 1 where id = :id and version = :version")
                        .param("hash", hash)
                        .param("id", read.id())
                        .param("version", read.version())
                        .update()
                == 1;
    }

    void signedIn(UUID id, Instant at) {
        jdbc.sql("update account set last_sign_in_at = :at where id = :id")
                .param("at", Timestamp.from(at))
                .param("id", id)
                .update();
    }

    void delete(UUID id) {
        jdbc.sql("delete from account where id = :id").param("id", id).update();
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        var signedIn = row.getTimestamp("last_sign_in_at");
        return new Account(
                row.getObject("id", UUID.class),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getString("password_hash"),
                row.getString("issuer"),
                row.getBoolean("disabled"),
                row.getBoolean("without_role"),
                row.getTimestamp("created_at").toInstant(),
                signedIn == null ? null : signedIn.toInstant(),
                row.getLong("version"));
    }
}
