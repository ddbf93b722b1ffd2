package dev.holdfast.api.account;

import dev.holdfast.api.access.Role;
import dev.holdfast.api.audit.AuditLog;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings an account to what its identity provider says of the person now. A change ends the sessions that began before it, at their
 * next request, and the audit log has an entry before it is made.
 */
@Component
class ProviderRoles {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderRoles.class);

    private final Accounts accounts;
    private final AuditLog log;
    private final TransactionOperations transaction;

    ProviderRoles(Accounts accounts, AuditLog log, TransactionOperations transaction) {
        this.accounts = accounts;
        this.log = log;
        this.transaction = transaction;
    }

    /**
     * Gives an account a role, and lets it in again where it was shut out for having none. The last administrator stays one: a person
     * whom the provider lets in is trusted still, and nobody would be left who could make another administrator.
     */
    void give(Account account, Role role) {
        if (account.role() != role || account.withoutRole()) {
            change(account, now -> given(now, role));
        }
    }

    private Outcome given(Account now, Role role) {
        if (role != Role.ADMINISTRATOR && isLastAdministrator(now)) {
            LOG.warn("{} stays administrator, since nobody else is one; the identity provider says {}", now, role);
            return new Outcome(
                    HttpServletResponse.SC_CONFLICT,
                    "stays administrator, since nobody else is one; the identity provider says " + role.wireName());
        }
        accounts.setRole(now.id(), role, now.disabled() && !now.withoutRole(), false);
        LOG.info("{} is {} from now on, as its identity provider says", now, role);
        return new Outcome(HttpServletResponse.SC_OK, role.wireName() + ", as the identity provider says");
    }

    /** Shuts an account out, also the last administrator's, who can't sign in any more and must not go on by older means. */
    void take(Account account) {
        if (!account.disabled()) {
            change(account, this::taken);
        }
    }

    private Outcome taken(Account now) {
        if (isLastAdministrator(now)) {
            LOG.warn("nobody administers Holdfast any more but who has its local token; the next start makes a link for"
                    + " the first administrator");
        }
        accounts.setRole(now.id(), now.role(), true, !now.disabled() || now.withoutRole());
        LOG.info("{} is shut out: its identity provider gives it no role any more", now);
        return new Outcome(HttpServletResponse.SC_OK, "shut out, having no role at the identity provider");
    }

    private void change(Account read, Function<Account, Outcome> change) {
        var entry = log.begin(null, "", "account.change", "/api/v1/accounts/" + read.id());
        var outcome = Objects.requireNonNull(transaction.execute(status -> {
            accounts.lockAll();
            return change.apply(accounts.find(read.id()).orElse(read));
        }));
        log.end(entry, outcome.status(), outcome.text());
    }

    private boolean isLastAdministrator(Account account) {
        return account.role() == Role.ADMINISTRATOR
                && !account.disabled()
                && accounts.otherAdministrators(account.id()) == 0;
    }

    private record Outcome(int status, String text) {}
}
