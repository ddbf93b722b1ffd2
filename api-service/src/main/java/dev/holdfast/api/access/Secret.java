package dev.holdfast.api.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Secrets of 256 random bits for tokens and links. Their plain hash is kept: there is nothing in them to guess. */
public final class Secret {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH = 32;

    private Secret() {}

    /** A new one, safe in URLs and headers. */
    public static String random() {
        var bytes = new byte[LENGTH];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What is kept of it: its SHA-256. */
    public static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
