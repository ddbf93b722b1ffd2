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
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Makes, changes and deletes accounts. There is always somebody left who may do this. */
@Service
class EditAccounts {
    private final Accounts accounts;
    private final OneTimeLinks links;
    private final PasswordRules passwords;
    private final Sessions sessions;
    private final AccessProperties properties;
    private final Clock clock;

    EditAccounts(
            Accounts accounts,
            OneTimeLinks links,
            PasswordRules passwords,
            Sessions sessions,
            AccessProperties properties,
            Clock clock) {
        this.accounts = accounts;
        this.links = links;
        this.passwords = passwords;
        this.sessions = sessions;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Makes the first administrator, and closes this way for good.
     *
     * @throws ApiProblem NOT_FOUND when the link is none of ours or there is an account already
     */
    @Transactional
    public Account createFirst(String link, String name, String password) {
        var hash = passwords.hash(password);
        accounts.lockAll();
        if (!accounts.isEmpty() || !links.isForFirstAdministrator(link)) {
            throw linkIsVoid();
        }
        links.discardThoseForFirstAdministrator();
        return insert(name, Role.ADMINISTRATOR, hash);
    }

    /** Makes an account, and the secret of the link by which its owner sets a password. */
    @Transactional
    public Invitation invite(String name, Role role) {
        var account = insert(name, role, null);
        return new Invitation(account, links.forAccount(account.id(), now(), properties.linkLife()));
    }

    private Account insert(String name, Role role, @org.jspecify.annotations.Nullable String hash) {
        var account = new Account(Uuids.next(), name, role, hash, null, false, now(), null);
        return unlessNameTaken(() -> {
            accounts.insert(account, null);
            return account;
        });
    }

    /** A new link for somebody who has lost their password, or never set one; the password there is stays until it is used. */
    @Transactional
    public Invitation relink(UUID id) {
        var account = found(id);
        if (account.issuer() != null) {
            throw ApiProblem.invalid(FieldProblem.at(
                    "/id", "signs in at " + account.issuer() + " and has no password here", FieldProblem.INVALID));
        }
        return new Invitation(account, links.forAccount(id, now(), properties.linkLife()));
    }

    /**
     * Sets a password by a link, which is void afterwards, as are the sessions.
     *
     * @throws ApiProblem NOT_FOUND when the link is void
     */
    @Transactional
    public Account setPasswordBy(String link, String password) {
        var id = links.account(link, now()).orElseThrow(EditAccounts::linkIsVoid);
        setPassword(id, password);
        links.discard(id);
        return found(id);
    }

    /** Changes a password that is known. */
    @Transactional
    public void changePassword(UUID id, String current, String wanted) {
        if (!passwords.matches(current, found(id).passwordHash())) {
            throw ApiProblem.invalid(FieldProblem.at("/current", "is not the password", FieldProblem.INVALID));
        }
        setPassword(id, wanted);
    }

    private void setPassword(UUID id, String password) {
        accounts.setPassword(id, passwords.hash(password));
        sessions.end(id);
    }

    /** Gives another role, or shuts an account out; its sessions end. */
    @Transactional
    public Account change(UUID id, Role role, boolean disabled) {
        accounts.lockAll();
        var account = found(id);
        if (role != Role.ADMINISTRATOR || disabled) {
            requireAnotherAdministrator(account);
        }
        accounts.setRole(id, role, disabled);
        sessions.end(id);
        return found(id);
    }

    /** Deletes an account with its tokens. */
    @Transactional
    public void delete(UUID id) {
        accounts.lockAll();
        requireAnotherAdministrator(found(id));
        accounts.delete(id);
        sessions.end(id);
    }

    private void requireAnotherAdministrator(Account account) {
        if (account.role() == Role.ADMINISTRATOR && accounts.otherAdministrators(account.id()) == 0) {
            throw new ApiProblem(
                    ProblemCode.LAST_ADMINISTRATOR, account.name() + " is the only administrator who can sign in");
        }
    }

    private Account found(UUID id) {
        return accounts.find(id)
                .orElseThrow(() -> new ApiProblem(ProblemCode.ACCOUNT_NOT_FOUND, "no account has the id " + id));
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
    record Invitation(Account account, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Invitation[" + account + "]";
        }
    }
}
