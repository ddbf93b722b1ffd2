package dev.holdfast.api.account;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.stereotype.Component;

/** The identity provider. Its discovery document is read when somebody first comes by it: that it is down must not keep backups from running. */
@Component
@ConditionalOnProperty("holdfast.access.oidc.issuer")
class Provider implements ClientRegistrationRepository {
    /** The last part of the addresses that lead to it and back. */
    static final String ID = "oidc";

    private final ProviderProperties properties;
    private volatile @Nullable ClientRegistration known;

    Provider(ProviderProperties properties) {
        this.properties = properties;
    }

    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        if (!id.equals(ID)) {
            return null;
        }
        var registration = known;
        if (registration == null) {
            registration = ClientRegistrations.fromIssuerLocation(String.valueOf(properties.issuer()))
                    .registrationId(ID)
                    .clientId(properties.clientId())
                    .clientSecret(properties.clientSecret())
                    .clientName(properties.name())
                    .scope(properties.scopes())
                    .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                    .build();
            known = registration;
        }
        return registration;
    }
}
