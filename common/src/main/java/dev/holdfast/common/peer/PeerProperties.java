package dev.holdfast.common.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the token between the services comes from: one of the two.
 *
 * @param token the token itself
 * @param tokenFile a file with nothing but the token in it, read at the start
 */
@ConfigurationProperties("holdfast.internal")
record PeerProperties(
        @DefaultValue("") String token, @DefaultValue("") String tokenFile) {
    private static final int SHORTEST = 32;
    private static final int LONGEST = 1024;

    /**
     * The token.
     *
     * @throws PeerTokenProblem when there is none, or none that is worth something
     */
    PeerToken read() {
        if (token.isBlank() == tokenFile.isBlank()) {
            throw new PeerTokenProblem(
                    token.isBlank()
                            ? "neither holdfast.internal.token nor holdfast.internal.token-file is set"
                            : "holdfast.internal.token and holdfast.internal.token-file are both set");
        }
        return token.isBlank() ? ofFile() : of(token, "holdfast.internal.token");
    }

    private PeerToken ofFile() {
        try (var input = Files.newInputStream(Path.of(tokenFile.strip()))) {
            var text = new String(input.readNBytes(LONGEST + 2), java.nio.charset.StandardCharsets.UTF_8);
            return of(text, "the token in " + tokenFile.strip());
        } catch (IOException | InvalidPathException e) {
            throw new PeerTokenProblem("the file of holdfast.internal.token-file can't be read: " + e);
        }
    }

    /** As much as a header can hold without quoting. */
    private static PeerToken of(String text, String what) {
        var stripped = text.strip();
        if (stripped.length() < SHORTEST || stripped.length() > LONGEST) {
            throw new PeerTokenProblem("%s must have %d to %d characters, and has %d"
                    .formatted(what, SHORTEST, LONGEST, stripped.length()));
        }
        if (!stripped.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new PeerTokenProblem(what + " has a space in it, or a character that is not ASCII");
        }
        return new PeerToken(stripped);
    }

    @Override
    public String toString() {
        return "PeerProperties[token=" + (token.isBlank() ? "" : "…") + ", tokenFile=" + tokenFile + "]";
    }
}
