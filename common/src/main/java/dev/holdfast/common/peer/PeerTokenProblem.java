package dev.holdfast.common.peer;

import java.io.Serial;

/** Without a token a service does not start; the message says what is wrong with it, and holds nothing of it. */
final class PeerTokenProblem extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1;

    static final String REMEDY = "give all three services the same random text of at least 32 characters, as"
            + " HOLDFAST_INTERNAL_TOKEN or in a file that HOLDFAST_INTERNAL_TOKENFILE names: openssl rand -hex 32";

    PeerTokenProblem(String problem) {
        super(problem);
    }
}
