package dev.holdfast.api.account;

import dev.holdfast.api.access.Caller;
import dev.holdfast.api.access.Role;
import dev.holdfast.api.access.Secret;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.common.id.Uuids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Makes and revokes tokens. */
@Service
public class EditTokens {
    /** What a token begins with, so that people and scanners of secrets know one when they see it. */
    static final String PREFIX = "holdfast_";

    private static final Duration LONGEST = Duration.ofDays(3650);

    private final ApiTokens tokens;
    private final Accounts accounts;
    private final Clock clock;

    EditTokens(ApiTokens tokens, Accounts accounts, Clock clock) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * Makes a token for an account of the caller's, never for more than the caller may do.
     *
     * @throws ApiProblem when the scope is beyond the caller, or the end is in the past
     */
    @Transactional
    public NewToken create(Caller caller, @Nullable UUID account, String name, Role scope, @Nullable Instant expires) {
        refuseOwnKind(caller);
        var owner = account == null ? caller.id() : account;
        if (owner == null) {
            throw ApiProblem.invalid(
                    FieldProblem.at("/account", "is required, since the caller is no account itself", "REQUIRED"));
        }
        var found = accounts.find(owner)
                .orElseThrow(() -> ApiProblem.invalid(
                        FieldProblem.at("/account", "there is no account with this id", FieldProblem.INVALID)));
        if (!caller.role().covers(scope) || !found.role().covers(scope)) {
            throw ApiProblem.invalid(
                    FieldProblem.at("/scope", "is more than the account itself may do", FieldProblem.INVALID));
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (expires != null && !expires.isAfter(now)) {
            throw ApiProblem.invalid(FieldProblem.at("/expiresAt", "is in the past", FieldProblem.INVALID));
        }
        if (expires != null && expires.isAfter(now.plus(LONGEST))) {
            throw ApiProblem.invalid(FieldProblem.at(
                    "/expiresAt", "must be within " + LONGEST.toDays() + " days, or not be there", "OUT_OF_RANGE"));
        }
        var secret = PREFIX + Secret.random();
        var token =
                new ApiToken(Uuids.next(), owner, found.name(), VisibleName.checked(name), scope, now, expires, null);
        tokens.insert(token, secret);
        return new NewToken(token, secret);
    }

    /**
     * Revokes a token at once.
     *
     * @throws ApiProblem TOKEN_NOT_FOUND when there is none, or it is another's and the caller no administrator
     */
    @Transactional
    public void revoke(Caller caller, UUID id) {
        var token = tokens.find(id)
                .filter(found ->
                        caller.role() == Role.ADMINISTRATOR || found.account().equals(caller.id()))
                .orElseThrow(() -> new ApiProblem(ProblemCode.TOKEN_NOT_FOUND, "no token has the id " + id));
        refuseOwnKind(caller);
        tokens.delete(token.id());
    }

    /** What a stolen token could make or take away would outlive it. */
    private static void refuseOwnKind(Caller caller) {
        if (caller.kind() == Caller.Kind.TOKEN && caller.role() != Role.ADMINISTRATOR) {
            throw new ApiProblem(
                    ProblemCode.FORBIDDEN, "tokens are made and revoked by people, or an administrator's token");
        }
    }

    /**
     * A token and its secret, which is nowhere else.
     *
     * @param secret what programs send
     */
    public record NewToken(ApiToken token, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "NewToken[" + token + "]";
        }
    }
}
