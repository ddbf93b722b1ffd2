package dev.holdfast.api.account;

import dev.holdfast.api.access.Callers;
import dev.holdfast.api.access.Role;
import dev.holdfast.api.web.PlainText;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Accounts over REST. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Accounts")
class AccountApi {
    private final Accounts accounts;
    private final EditAccounts edit;

    AccountApi(Accounts accounts, EditAccounts edit) {
        this.accounts = accounts;
        this.edit = edit;
    }

    @GetMapping("/me")
    @Operation(operationId = "whoAmI", summary = "Whom this Holdfast takes the caller for, and what the caller may do")
    Me me() {
        var caller = Callers.require();
        return new Me(caller.label(), caller.kind().name().toLowerCase(java.util.Locale.ROOT), caller.role());
    }

    @GetMapping("/accounts")
    @Operation(operationId = "listAccounts", summary = "List the accounts, by name")
    AccountList list() {
        return new AccountList(accounts.all().stream().map(AccountView::of).toList());
    }

    @PostMapping(path = "/accounts", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "createAccount",
            summary = "Create an account; its owner sets the password by the link in the answer, which is shown once")
    @ApiResponse(responseCode = "201", description = "Created; Location is its address")
    ResponseEntity<InvitationView> create(@Valid @RequestBody NewAccount wanted) {
        var invitation = edit.invite(wanted.name(), wanted.role());
        return ResponseEntity.created(
                        URI.create("/api/v1/accounts/" + invitation.account().id()))
                .body(InvitationView.of(invitation));
    }

    @PutMapping(path = "/accounts/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "changeAccount",
            summary = "Give an account another role, or shut it out; its sessions end")
    AccountView change(@PathVariable UUID id, @Valid @RequestBody ChangedAccount wanted) {
        return AccountView.of(edit.change(id, wanted.role(), Boolean.TRUE.equals(wanted.disabled())));
    }

    @DeleteMapping("/accounts/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteAccount", summary = "Delete an account with its tokens")
    void delete(@PathVariable UUID id) {
        edit.delete(id);
    }

    @PostMapping("/accounts/{id}/password-link")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createPasswordLink",
            summary = "A new link to set a password, for somebody who lost theirs; earlier links are void")
    @ApiResponse(responseCode = "201", description = "The link is in the answer, and is shown once")
    InvitationView relink(@PathVariable UUID id) {
        return InvitationView.of(edit.relink(id));
    }

    /** Who asks. */
    record Me(
            @Schema(example = "Ada") String name,

            @Schema(allowableValues = {"session", "token", "local"})
            String kind,

            @Schema(example = "administrator") Role role) {}

    /** All accounts. */
    record AccountList(List<AccountView> items) {}

    /** A wanted account. */
    record NewAccount(
            @NotNull(message = "is required") @PlainText(max = 100) @Schema(example = "Grace")
            String name,

            @NotNull(message = "is required") @Schema(example = "operator")
            Role role) {}

    /** What an account is to become. */
    record ChangedAccount(
            @NotNull(message = "is required") @Schema(example = "operator")
            Role role,

            @Schema(
                    description = "Shut out where it is true; let in where it is false or nothing is said",
                    example = "false")
            @Nullable
            Boolean disabled) {}

    /** An account, as everybody may see it who may see accounts. */
    record AccountView(
            @Schema(example = "01a1a0a5-04b8-7099-8580-6b0d6f03675a")
            UUID id,

            @Schema(example = "Grace") String name,
            @Schema(example = "operator") Role role,
            @Schema(example = "false") boolean passwordSet,

            @Schema(example = "https://login.example.org") @Nullable
            String identityProvider,

            @Schema(example = "false") boolean disabled,
            @Schema(example = "2026-11-03T09:02:11.640118Z") Instant createdAt,

            @Schema(example = "2026-11-24T07:58:40.022916Z") @Nullable
            Instant lastSignInAt) {
        static AccountView of(Account account) {
            return new AccountView(
                    account.id(),
                    account.name(),
                    account.role(),
                    account.passwordHash() != null,
                    account.issuer(),
                    account.disabled(),
                    account.createdAt(),
                    account.lastSignInAt());
        }
    }

    /** An account and the path at which its owner sets a password. */
    record InvitationView(
            AccountView account,

            @Schema(example = "/set-password?link=1-gyrOGWIg8JUd2WV0EfQ2N3pV7jXnaQXkZrcE3ukZI")
            String link) {
        static InvitationView of(EditAccounts.Invitation invitation) {
            return new InvitationView(
                    AccountView.of(invitation.account()), "/set-password?link=" + invitation.secret());
        }

        /** Without the link. */
        @Override
        public String toString() {
            return "InvitationView[" + account + "]";
        }
    }
}
