package dev.holdfast.common.failure;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A remedy with placeholders such as {@code {host}} for the facts of one case. */
record RemedyTemplate(String title, List<String> commands, boolean destructive) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z]+)}");

    static RemedyTemplate remedy(String title, String... commands) {
        return new RemedyTemplate(title, List.of(commands), false);
    }

    Remedy fill(Map<String, String> facts) {
        return new Remedy(
                fill(title, facts, UnaryOperator.identity()),
                commands.stream()
                        .map(command -> fill(command, facts, ShellWord::quote))
                        .toList(),
                destructive);
    }

    private static String fill(String text, Map<String, String> facts, UnaryOperator<String> quote) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            var fact = facts.get(match.group(1));
            return Matcher.quoteReplacement(fact == null ? "<" + match.group(1) + ">" : quote.apply(fact));
        });
    }
}
