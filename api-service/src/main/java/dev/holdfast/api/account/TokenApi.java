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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tokens over REST. */
@RestController
@RequestMapping(path = "/api/v1/tokens", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Tokens")
class TokenApi {
    private final ApiTokens tokens;
    private final EditTokens edit;

    TokenApi(ApiTokens tokens, EditTokens edit) {
        this.tokens = tokens;
        this.edit = edit;
    }

    @GetMapping
    @Operation(operationId = "listTokens", summary = "List all tokens, newest first, without their secrets")
    TokenList list() {
        return new TokenList(tokens.all().stream().map(TokenView::of).toList());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createToken", summary = "Create a token; its secret is in this answer and nowhere else")
    @ApiResponse(responseCode = "201", description = "Created; Location is its address")
    ResponseEntity<NewTokenView> create(@Valid @RequestBody WantedToken wanted) {
        var created =
                edit.create(Callers.require(), wanted.account(), wanted.name(), wanted.scope(), wanted.expiresAt());
        return ResponseEntity.created(
                        URI.create("/api/v1/tokens/" + created.token().id()))
                .body(new NewTokenView(TokenView.of(created.token()), created.secret()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "revokeToken", summary = "Revoke a token at once")
    void revoke(@PathVariable UUID id) {
        edit.revoke(Callers.require(), id);
    }

    /** All tokens. */
    record TokenList(List<TokenView> items) {}

    /**
     * A wanted token.
     *
     * @param account whose it is to be; the caller's own where nothing is said
     * @param scope the most it may do
     */
    record WantedToken(
            @Schema(
                    description = "Whose it is to be; the caller's own where nothing is said",
                    example = "01a1a0a5-04b8-7099-8580-6b0d6f03675a")
            @Nullable
            UUID account,

            @NotNull(message = "is required") @PlainText(max = 100) @Schema(example = "deploy script")
            String name,

            @NotNull(message = "is required") @Schema(description = "The most it may do", example = "operator")
            Role scope,

            @Schema(
                    description = "At most ten years from now; for ever where nothing is said",
                    example = "2027-11-03T00:00:00Z")
            @Nullable
            Instant expiresAt) {}

    /** A token without its secret. */
    record TokenView(
            @Schema(example = "01a1a0c0-2f44-711e-8f67-8d111738f7d9")
            UUID id,

            @Schema(example = "01a1a0a5-04b8-7099-8580-6b0d6f03675a")
            UUID account,

            @Schema(example = "Grace") String accountName,
            @Schema(example = "deploy script") String name,
            @Schema(example = "operator") Role scope,
            @Schema(example = "2026-11-03T09:31:52.004530Z") Instant createdAt,

            @Schema(example = "2027-11-03T00:00:00Z") @Nullable
            Instant expiresAt,

            @Schema(example = "2026-11-24T01:59:58.120664Z") @Nullable
            Instant lastUsedAt) {
        static TokenView of(ApiToken token) {
            return new TokenView(
                    token.id(),
                    token.account(),
                    token.accountName(),
                    token.name(),
                    token.scope(),
                    token.createdAt(),
                    token.expiresAt(),
                    token.lastUsedAt());
        }
    }

    /** A token with its secret. */
    record NewTokenView(
            TokenView token,

            @Schema(example = "holdfast_p7uNw0sQm3VYJk1cR9xLhT5eB2gZ4dXfA8oKiCv6HnE")
            String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "NewTokenView[" + token + "]";
        }
    }
}
