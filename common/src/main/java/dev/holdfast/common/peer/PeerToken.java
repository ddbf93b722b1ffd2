package dev.holdfast.common.peer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The secret that the services of one installation share. It has no text of its own, so that it gets into no log. */
public final class PeerToken {
    private static final String SCHEME = "Bearer ";

    private final String token;

    PeerToken(String token) {
        this.token = token;
    }

    /** What the header {@code Authorization} of a call to another service has to be. */
    public String authorization() {
        return SCHEME + token;
    }

    /**
     * Whether a caller has shown it. Takes the same time however much of it is right.
     *
     * @param authorization the header as it came
     */
    public boolean isShownBy(@Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        bytes(authorization.substring(SCHEME.length()).strip()), bytes(token));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "PeerToken[…]";
    }
}
