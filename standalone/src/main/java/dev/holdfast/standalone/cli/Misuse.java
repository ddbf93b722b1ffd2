package dev.holdfast.standalone.cli;

import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the arguments without repeating them, for one of them may be a password. */
final class Misuse {
    private Misuse() {}

    static String of(ParameterException problem) {
        if (problem instanceof UnmatchedArgumentException unmatched) {
            var first = unmatched.getUnmatched().getFirst();
            return first.startsWith("-") && !first.contains("@")
                    ? "unknown option " + first.replaceFirst("=.*", "")
                    : "one argument is too much";
        }
        if (problem instanceof MissingParameterException || problem instanceof MaxValuesExceededException) {
            return String.valueOf(problem.getMessage());
        }
        var argument = problem.getArgSpec();
        return argument == null
                ? "the arguments can't be used"
                : "the value of " + argument.paramLabel() + " can't be used";
    }
}
