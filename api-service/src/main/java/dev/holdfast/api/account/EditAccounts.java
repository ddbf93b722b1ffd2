package dev.holdfast.api.account;

import dev.holdfast.api.access.AccessProperties;
import dev.holdfast.api.access.Role;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.common.id.Uuids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Makes, changes and deletes accounts. There is always somebody left who may do this. */
@Service
public class EditAccounts {
    private final Accounts accounts;
    private final OneTimeLinks links;
    private final PasswordRules passwords;
    private final Sessions sessions;
    private final AccessProperties properties;
    private final FirstRun firstRun;
    private final SignInAttempts attempts;
    private final TransactionOperations transaction;
    private final Clock clock;

    EditAccounts(
            Accounts accounts,
            OneTimeLinks links,
            PasswordRules passwords,
            Sessions sessions,
            AccessProperties properties,
            FirstRun firstRun,
            SignInAttempts attempts,
            TransactionOperations transaction,
            Clock clock) {
        this.accounts = accounts;
        this.links = links;
        this.passwords = passwords;
        this.sessions = sessions;
        this.properties = properties;
        this.firstRun = firstRun;
        this.attempts = attempts;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Makes the first administrator, and closes this way.
     *
     * @throws ApiProblem LINK_VOID when the link is none of ours or somebody administers Holdfast already
     */
    public Account createFirst(String link, String name, String password) {
        // Before the hash, which costs: anybody may ask.
        requireFirst(link);
        var hash = passwords.hash(password);
        var first = inTransaction(() -> {
            accounts.lockAll();
            requireFirst(link);
            links.discardThoseForFirstAdministrator();
            return insert(name, Role.ADMINISTRATOR, hash);
        });
        firstRun.forget();
        return first;
    }

    private void requireFirst(String link) {
        if (accounts.hasAdministrator() || !links.isForFirstAdministrator(link)) {
            throw linkIsVoid();
        }
    }

    /** Makes an account, and the secret of the link by which its owner sets a password. */
    public Invitation invite(String name, Role role) {
        return inTransaction(() -> {
            var account = insert(name, role, null);
            return new Invitation(account, links.forAccount(account.id(), now(), properties.linkLife()));
        });
    }

    private Account insert(String name, Role role, @Nullable String hash) {
        var account =
                new Account(Uuids.next(), VisibleName.checked(name), role, hash, null, false, false, now(), null, 0);
        return unlessNameTaken(() -> {
            accounts.insert(account, null);
            return account;
        });
    }

    /** A new link for somebody who has lost their password, or never set one; the password there is stays until it is used. */
    public Invitation relink(UUID id) {
        return inTransaction(() -> {
            // Of two who make one at once, the second makes the first one's void.
            var account = accounts.findLocked(id).orElseThrow(() -> notFound(id));
            if (account.issuer() != null) {
                throw ApiProblem.invalid(FieldProblem.at(
                        "/id", "signs in at " + account.issuer() + " and has no password here", FieldProblem.INVALID));
            }
            if (account.disabled()) {
                throw ApiProblem.invalid(FieldProblem.at("/id", "is shut out; let it in first", FieldProblem.INVALID));
            }
            return new Invitation(account, links.forAccount(id, now(), properties.linkLife()));
        });
    }

    /**
     * Sets a password by a link, which is void afterwards, as are the sessions; tries that have failed are forgiven.
     *
     * @throws ApiProblem LINK_VOID when the link is void
     */
    public Account setPasswordBy(String link, String password) {
        var id = links.account(link, now()).orElseThrow(EditAccounts::linkIsVoid);
        var hash = passwords.hash(password);
        endingSessions(id, () -> {
            // First the account, then its links, as in every transaction: two that wait for each other would both fail.
            accounts.setPassword(id, hash);
            var owner = links.take(link, now()).orElseThrow(EditAccounts::linkIsVoid);
            links.discard(owner);
            return owner;
        });
        var account = found(id);
        attempts.succeeded(account.name());
        return account;
    }

    /**
     * Changes a password that is known.
     *
     * @param address the request comes from: guessing counts as it does at signing in
     */
    public void changePassword(UUID id, String current, String wanted, String address) {
        var account = found(id);
        try {
            attempts.begin(account.name(), address);
        } catch (TooManyAttempts many) {
            throw new ApiProblem(
                    ProblemCode.TOO_MANY_REQUESTS,
                    "too many tries have failed; come back in " + many.seconds() + " seconds");
        }
        if (!passwords.matches(current, account.passwordHash())) {
            throw isNotThePassword();
        }
        attempts.succeeded(account.name());
        var hash = passwords.hash(wanted);
        endingSessions(id, () -> {
            // Whoever knows a password that was just replaced by a link must not have the last word.
            if (!accounts.changePassword(account, hash)) {
                throw isNotThePassword();
            }
            links.discard(id);
            return id;
        });
    }

    private static ApiProblem isNotThePassword() {
        return ApiProblem.invalid(FieldProblem.at("/current", "is not the password", FieldProblem.INVALID));
    }

    /**
     * Gives another role, or shuts an account out; its sessions end, and its links where it is shut out. What is so already, or is
     * refused, changes nothing and ends none.
     *
     * @throws ApiProblem LAST_ADMINISTRATOR when nobody would be left who administers
     */
    public Account change(UUID id, Role role, boolean disabled) {
        var before = requireAllowed(id, role, disabled);
        if (before.role() == role && before.disabled() == disabled && !before.withoutRole()) {
            return before;
        }
        return endingSessions(id, () -> {
            accounts.lockAll();
            requireAllowed(id, role, disabled);
            accounts.setRole(id, role, disabled);
            if (disabled) {
                links.discard(id);
            }
            return found(id);
        });
    }

    private Account requireAllowed(UUID id, Role role, boolean disabled) {
        var account = found(id);
        if (role != Role.ADMINISTRATOR || disabled) {
            requireAnotherAdministrator(account);
        }
        return account;
    }

    /**
     * Deletes an account with its tokens; its sessions end.
     *
     * @throws ApiProblem LAST_ADMINISTRATOR when nobody would be left who administers
     */
    public void delete(UUID id) {
        requireAnotherAdministrator(found(id));
        endingSessions(id, () -> {
            accounts.lockAll();
            requireAnotherAdministrator(found(id));
            accounts.delete(id);
            return id;
        });
    }

    /** Once before, so that none is left should this service die in between; and once after, for those that began meanwhile. */
    private <T> T endingSessions(UUID id, Supplier<T> change) {
        sessions.end(id);
        var changed = inTransaction(change);
        sessions.end(id);
        return changed;
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    private void requireAnotherAdministrator(Account account) {
        if (account.role() == Role.ADMINISTRATOR && accounts.otherAdministrators(account.id()) == 0) {
            throw new ApiProblem(
                    ProblemCode.LAST_ADMINISTRATOR, account.name() + " is the only administrator who can sign in");
        }
    }

    private Account found(UUID id) {
        return accounts.find(id).orElseThrow(() -> notFound(id));
    }

    private static ApiProblem notFound(UUID id) {
        return new ApiProblem(ProblemCode.ACCOUNT_NOT_FOUND, "no account has the id " + id);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ApiProblem linkIsVoid() {
        return new ApiProblem(ProblemCode.LINK_VOID, "this link was used, has expired, or never was one");
    }

    private static <T> T unlessNameTaken(Supplier<T> write) {
        try {
            return write.get();
        } catch (DuplicateKeyException e) {
            var detail = "another account has this name";
            throw new ApiProblem(
                    ProblemCode.ACCOUNT_NAME_TAKEN,
                    detail,
                    FieldProblem.at("/name", detail, ProblemCode.ACCOUNT_NAME_TAKEN.name()));
        }
    }

    /**
     * An account and how its owner comes in.
     *
     * @param secret of the link; it is nowhere else
     */
    public record Invitation(Account account, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Invitation[" + account + "]";
        }
    }
}
