package dev.holdfast.api.account;

import dev.holdfast.api.access.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the people of an identity provider may do here; the provider itself is set by {@code spring.security.oauth2.client}.
 *
 * @param roleClaim the claim of the ID token, or of the user info, that has somebody's groups
 * @param administrators groups whose members administer Holdfast; so for the others
 * @param everybody what those may do who are in none of the groups; nothing by default
 */
@ConfigurationProperties("holdfast.access.oidc")
record ProviderProperties(
        @DefaultValue("groups") String roleClaim,
        @DefaultValue List<String> administrators,
        @DefaultValue List<String> operators,
        @DefaultValue List<String> viewers,
        @Nullable Role everybody) {}
