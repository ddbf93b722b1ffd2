package dev.holdfast.standalone.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Tells what the doctor has found: each check with its evidence, and what to type where one fails. */
final class Diagnosis {
    private static final String INDENT = "      ";

    private final JsonNode report;
    private final UnaryOperator<String> asTyped;

    /** @param asTyped makes of a command that Holdfast advises the one to type here */
    Diagnosis(JsonNode report, UnaryOperator<String> asTyped) {
        this.report = report;
        this.asTyped = asTyped;
    }

    /** One failed check is a failure, a skipped one is not. */
    static int exitCode(JsonNode report) {
        return count(report, "fail") > 0 || report.path("status").asString("").equals("fail")
                ? CommandFailure.FAILED
                : 0;
    }

    /** Returns the exit code. */
    int print(PrintWriter out) {
        for (var check : report.path("checks")) {
            out.println("%s  %s".formatted(word(check), check.path("title").asString(text(check, "name"))));
            text(check, "evidence").strip().lines().forEach(line -> out.println(INDENT + line));
            for (var remedy : check.path("remedies")) {
                out.println(INDENT + "fix: " + RemedyText.title(remedy));
                RemedyText.commands(remedy, asTyped).forEach(command -> out.println(INDENT + "     " + command));
            }
        }
        out.println(summary());
        return exitCode(report);
    }

    private String summary() {
        var parts = new ArrayList<String>();
        parts.add(count(report, "pass") + " passed");
        parts.add(count(report, "fail") + " failed");
        if (count(report, "skipped") > 0) {
            parts.add(count(report, "skipped") + " skipped");
        }
        return "%d checks: %s".formatted(report.path("checks").size(), String.join(", ", parts));
    }

    private static long count(JsonNode report, String status) {
        return report.path("checks")
                .valueStream()
                .filter(check -> text(check, "status").equals(status))
                .count();
    }

    private static String word(JsonNode check) {
        return switch (text(check, "status")) {
            case "pass" -> "PASS";
            case "fail" -> "FAIL";
            default -> "SKIP";
        };
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
