package dev.holdfast.api.account;

import java.util.Set;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/**
 * Why somebody does not come in by an identity provider: because of us, of it, or of themselves.
 *
 * @param status of the answer
 * @param words what the page says
 * @param ofProvider it does not work as it should, and whoever runs Holdfast has to look
 */
record ProviderRefusal(int status, String words, boolean ofProvider) {
    private static final String NO_ROLE = "holdfast_no_role";
    private static final String SHUT_OUT = "holdfast_shut_out";

    /** What comes of the person: they were too slow, came back twice, or with something made up. Spring Security's, but for the last two. */
    private static final Set<String> OF_PERSON = Set.of(
            "authorization_request_not_found",
            "invalid_state_parameter",
            "invalid_nonce",
            OAuth2ErrorCodes.INVALID_GRANT,
            OAuth2ErrorCodes.INVALID_REQUEST);

    static OAuth2AuthenticationException noRole() {
        return refused(NO_ROLE, "your account there has no group that gives a role here");
    }

    static OAuth2AuthenticationException shutOut() {
        return refused(SHUT_OUT, "this account is shut out");
    }

    /** Nobody can be sent there, since it does not say where. */
    static OAuth2AuthenticationException silent(Exception cause) {
        return new OAuth2AuthenticationException(new OAuth2Error(OAuth2ErrorCodes.SERVER_ERROR), cause);
    }

    /** Whether the provider let somebody in, and we did not. */
    static boolean isOurs(OAuth2AuthenticationException refusal) {
        var code = refusal.getError().getErrorCode();
        return code.equals(NO_ROLE) || code.equals(SHUT_OUT);
    }

    static ProviderRefusal of(OAuth2AuthenticationException refusal) {
        var code = refusal.getError().getErrorCode();
        if (isOurs(refusal)) {
            return unauthorized("Your identity provider let you in, but Holdfast did not: "
                    + refusal.getError().getDescription());
        }
        if (code.equals(OAuth2ErrorCodes.ACCESS_DENIED)) {
            return unauthorized("Your identity provider did not let you in.");
        }
        return OF_PERSON.contains(code)
                ? unauthorized("Signing in at your identity provider has failed. Try it once more from the start.")
                : new ProviderRefusal(
                        503,
                        "Your identity provider does not answer as it should. Try again in a moment; if that does not"
                                + " help, the log of the api-service has the reason.",
                        true);
    }

    private static ProviderRefusal unauthorized(String words) {
        return new ProviderRefusal(401, words, false);
    }

    private static OAuth2AuthenticationException refused(String code, String text) {
        return new OAuth2AuthenticationException(new OAuth2Error(code, text, null), text);
    }
}
