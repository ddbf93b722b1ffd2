package dev.holdfast.api.account;

import dev.holdfast.api.access.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An identity provider that speaks OpenID Connect, and what its people may do here.
 *
 * @param issuer its address, as its discovery document has it; without one there is no such way in
 * @param name of the button
 * @param roleClaim the claim of the ID token, or of the user info, that has somebody's groups
 * @param administrators groups whose members administer Holdfast; so for the others
 * @param everybody what those may do who are in none of the groups; nothing by default
 */
@ConfigurationProperties("holdfast.access.oidc")
public record ProviderProperties(
        @Nullable String issuer,
        @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret,
        @DefaultValue("your identity provider") String name,
        @DefaultValue({"openid", "profile", "email"}) List<String> scopes,
        @DefaultValue("groups") String roleClaim,
        @DefaultValue List<String> administrators,
        @DefaultValue List<String> operators,
        @DefaultValue List<String> viewers,
        @Nullable Role everybody) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "ProviderProperties[issuer=" + issuer + "]";
    }
}
