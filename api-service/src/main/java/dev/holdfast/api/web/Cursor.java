package dev.holdfast.api.web;

import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/** The text form of a place in a list: opaque, and with a check, so that an altered one is refused and not misread. */
final class Cursor {
    private static final int ID_LENGTH = 16;
    private static final int CHECK_LENGTH = 8;

    private Cursor() {}

    static String write(UUID last, String scope) {
        var id = bytes(last);
        var cursor = ByteBuffer.allocate(ID_LENGTH + CHECK_LENGTH).put(id).put(check(id, scope));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.array());
    }

    static UUID read(String cursor, String scope) {
        var decoded = decode(cursor);
        if (decoded.length == ID_LENGTH + CHECK_LENGTH) {
            var id = Arrays.copyOf(decoded, ID_LENGTH);
            var check = Arrays.copyOfRange(decoded, ID_LENGTH, decoded.length);
            var last = ByteBuffer.wrap(id);
            var uuid = new UUID(last.getLong(), last.getLong());
            // The last character of base64 has unused bits: only the form that was given out counts.
            if (MessageDigest.isEqual(check, check(id, scope))
                    && write(uuid, scope).equals(cursor)) {
                return uuid;
            }
        }
        throw refused();
    }

    private static byte[] decode(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw refused();
        }
    }

    private static ApiProblem refused() {
        return ApiProblem.invalid(FieldProblem.parameter(
                "cursor", "is not the next of this list, with the same filters", FieldProblem.INVALID));
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(ID_LENGTH)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static byte[] check(byte[] id, String scope) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(scope.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest.digest(id), CHECK_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
