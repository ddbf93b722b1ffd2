package dev.holdfast.api.web.idempotency;

import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a client marks a request with, so that sending it again is safe.
 *
 * @param value the header's value, and whose it is
 * @param fingerprint of the request: another one under the same key is a mistake
 */
public record IdempotencyKey(String value, String fingerprint) {
    /** The header. */
    public static final String HEADER = "Idempotency-Key";

    private static final Pattern POSSIBLE = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /**
     * Reads the header.
     *
     * @param caller who sends it: two may choose the same key
     * @param request the same text for the same request
     * @throws ApiProblem when the header's value is not possible
     */
    public static IdempotencyKey of(String caller, String header, String request) {
        if (!POSSIBLE.matcher(header).matches()) {
            throw ApiProblem.invalid(
                    FieldProblem.header(HEADER, "must have 1 to 255 visible ASCII characters, best a UUID"));
        }
        return new IdempotencyKey(caller + ' ' + header, sha256(request));
    }

    private static String sha256(String request) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
