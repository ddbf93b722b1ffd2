package dev.holdfast.common.peer;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with the token in the place of a stack trace. */
final class PeerTokenAnalyzer extends AbstractFailureAnalyzer<PeerTokenProblem> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PeerTokenProblem cause) {
        return new FailureAnalysis(
                "The services know each other by a token, and " + cause.getMessage(), PeerTokenProblem.REMEDY, cause);
    }
}
