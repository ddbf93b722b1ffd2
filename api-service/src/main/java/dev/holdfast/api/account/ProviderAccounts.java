package dev.holdfast.api.account;

import dev.holdfast.api.access.Caller;
import dev.holdfast.api.access.Callers;
import dev.holdfast.api.access.Role;
import dev.holdfast.common.id.Uuids;
import java.io.Serial;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Accounts of people whom an OpenID Connect provider knows. The role comes from a claim at each sign-in, so that who leaves a group
 * there loses it here, and who has none any more is shut out.
 */
@Component
@EnableConfigurationProperties(ProviderProperties.class)
public final class ProviderAccounts implements OAuth2UserService<OidcUserRequest, OidcUser> {
    private final OidcUserService provider = new OidcUserService();
    private final Accounts accounts;
    private final ProviderRoles roles;
    private final FirstRun firstRun;
    private final ProviderProperties properties;
    private final TransactionOperations transaction;
    private final Clock clock;

    ProviderAccounts(
            Accounts accounts,
            ProviderRoles roles,
            FirstRun firstRun,
            ProviderProperties properties,
            TransactionOperations transaction,
            Clock clock) {
        this.accounts = accounts;
        this.roles = roles;
        this.firstRun = firstRun;
        this.properties = properties;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @throws OAuth2AuthenticationException when the provider says nothing that gives a role here, or the account is shut out */
    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        var user = provider.loadUser(request);
        var issuer = String.valueOf(user.getIssuer());
        var subject = String.valueOf(user.getSubject());
        var before = accounts.ofProvider(issuer, subject);
        var role = role(user).orElseThrow(() -> {
            before.ifPresent(roles::take);
            return ProviderRefusal.noRole();
        });
        before.ifPresent(account -> roles.give(account, role));
        var account = transaction.execute(status -> signedIn(user, issuer, subject, role));
        if (account == null || account.disabled()) {
            throw ProviderRefusal.shutOut();
        }
        return new KnownUser(user, account.session());
    }

    private Account signedIn(OidcUser user, String issuer, String subject, Role role) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        accounts.lockAll();
        var account = accounts.ofProvider(issuer, subject).orElseGet(() -> {
            var made = new Account(
                    Uuids.next(), freeName(user, issuer, subject), role, null, issuer, false, false, now, null, 0);
            accounts.insert(made, subject);
            return made;
        });
        if (account.role() == Role.ADMINISTRATOR && !account.disabled()) {
            firstRun.close();
        }
        accounts.signedIn(account.id(), now);
        return account;
    }

    /** Its name there; with the provider's where somebody here has it already. */
    private String freeName(OidcUser user, String issuer, String subject) {
        var given = Optional.ofNullable(user.getPreferredUsername())
                .or(() -> Optional.ofNullable(user.getEmail()))
                .orElse(subject);
        // It is shown and logged, and was never looked at by us.
        var plain = VisibleName.without(given.replaceAll("[()]", ""));
        var name = plain.isEmpty() ? "somebody" : plain;
        return accounts.isNameTaken(name) ? name + " (" + issuer + " " + subject + ")" : name;
    }

    private Optional<Role> role(OidcUser user) {
        Object claim = user.getClaim(properties.roleClaim());
        Collection<?> values =
                claim instanceof Collection<?> several ? several : claim == null ? List.of() : List.of(claim);
        if (values.stream().anyMatch(properties.administrators()::contains)) {
            return Optional.of(Role.ADMINISTRATOR);
        }
        if (values.stream().anyMatch(properties.operators()::contains)) {
            return Optional.of(Role.OPERATOR);
        }
        return values.stream().anyMatch(properties.viewers()::contains)
                ? Optional.of(Role.VIEWER)
                : Optional.ofNullable(properties.everybody());
    }

    /** What the session keeps. */
    private static final class KnownUser extends DefaultOidcUser implements Callers.HasCaller {
        @Serial
        private static final long serialVersionUID = 1;

        private final Caller caller;

        KnownUser(OidcUser user, Caller caller) {
            super(List.of(), user.getIdToken());
            this.caller = caller;
        }

        @Override
        public Caller caller() {
            return caller;
        }

        @Override
        public String getName() {
            return caller.getName();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof KnownUser same && same.caller.equals(caller);
        }

        @Override
        public int hashCode() {
            return caller.hashCode();
        }
    }
}
