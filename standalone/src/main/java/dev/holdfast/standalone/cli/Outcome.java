package dev.holdfast.standalone.cli;

import dev.holdfast.common.quantity.Quantities;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Tells how a backup has ended, with all that is needed to use it or to repair what went wrong. */
final class Outcome {
    private static final String DIRECTORY_ARCHIVE = "database/";

    private final JsonNode backup;
    private final URI log;

    /** @param log where the whole log of the run can be read */
    Outcome(JsonNode backup, URI log) {
        this.backup = backup;
        this.log = log;
    }

    static boolean isFinal(JsonNode backup) {
        return switch (backup.path("status").asString("")) {
            case "completed", "failed", "cancelled" -> true;
            default -> false;
        };
    }

    /** Returns the exit code. */
    int print(PrintWriter out) {
        switch (backup.path("status").asString("")) {
            case "completed" -> {
                printArtifacts(out);
                return 0;
            }
            case "cancelled" -> out.println("Cancelled: somebody asked to stop this backup. Nothing was kept of it.");
            default -> printFailure(out);
        }
        return CommandFailure.FAILED;
    }

    private void printArtifacts(PrintWriter out) {
        var path = backup.path("path").asString("");
        out.println("Completed%s: %s in %s".formatted(duration(), size(backup), path));
        var parts = new ArrayList<JsonNode>();
        for (var artifact : largestFirst()) {
            if (artifact.path("file").asString("").startsWith(DIRECTORY_ARCHIVE)) {
                parts.add(artifact);
            } else {
                out.println("  %s/%s".formatted(path, artifact.path("file").asString("")));
                out.println("    %s  sha256 %s"
                        .formatted(size(artifact), artifact.path("sha256").asString("")));
            }
        }
        printDirectoryArchive(out, path, parts);
    }

    private List<JsonNode> largestFirst() {
        var artifacts = new ArrayList<JsonNode>();
        backup.path("artifacts").forEach(artifacts::add);
        artifacts.sort(Comparator.comparing(
                        (JsonNode artifact) -> artifact.path("sizeBytes").asLong(0))
                .reversed());
        return artifacts;
    }

    private static void printDirectoryArchive(PrintWriter out, String path, List<JsonNode> parts) {
        if (!parts.isEmpty()) {
            long total = parts.stream()
                    .mapToLong(part -> part.path("sizeBytes").asLong(0))
                    .sum();
            out.println("  %s/%s".formatted(path, DIRECTORY_ARCHIVE));
            out.println("    %s in %d files; size and sha256 of each stand in %s/manifest.json"
                    .formatted(size(total), parts.size(), path));
        }
    }

    private void printFailure(PrintWriter out) {
        var failure = backup.path("failure");
        out.println("Failed%s: %s".formatted(duration(), failure.path("code").asString("UNEXPECTED")));
        printPart(out, "what", failure.path("summary").asString(""));
        printPart(out, "cause", failure.path("cause").asString(""));
        printPart(out, "detail", failure.path("detail").asString(""));
        for (var remedy : failure.path("remedies")) {
            printPart(out, "fix", RemedyText.title(remedy));
            RemedyText.commands(remedy).forEach(command -> printPart(out, "", command));
        }
        printPart(out, "log", log.toString());
    }

    private static void printPart(PrintWriter out, String label, String text) {
        var first = label;
        for (var line : text.strip().lines().toList()) {
            out.println("  %-7s %s".formatted(first, line));
            first = "";
        }
    }

    private String duration() {
        var requested =
                backup.path("startedAt").asString(backup.path("requestedAt").asString(""));
        var finished = backup.path("finishedAt").asString("");
        return requested.isEmpty() || finished.isEmpty()
                ? ""
                : " after " + Elapsed.text(Duration.between(Instant.parse(requested), Instant.parse(finished)));
    }

    private static String size(JsonNode sized) {
        return size(sized.path("sizeBytes").asLong(0));
    }

    private static String size(long bytes) {
        return "%s (%d bytes)".formatted(Quantities.bytes(bytes), bytes);
    }
}
