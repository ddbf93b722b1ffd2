package dev.holdfast.standalone.cli;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** Why attempts have failed that another one follows: the backup itself tells only how it has ended, the log tells of each attempt. */
final class Setbacks {
    private final Api api;
    private final String path;
    private int attempt;
    private String reason = "";

    Setbacks(Api api, String backup) {
        this.api = api;
        this.path = "/api/v1/log?limit=1&type=dev.holdfast.backup.failed.v1&backup=" + backup;
    }

    /** Code and summary of the present attempt's failure; empty where nothing is known of it. */
    String of(JsonNode backup) {
        int present = backup.path("attempt").asInt(1);
        if (present != attempt) {
            reason = "";
            attempt = present;
        }
        if (reason.isEmpty() && Progress.isBetweenAttempts(backup)) {
            reason = newest(present);
        }
        return reason;
    }

    private String newest(int present) {
        try {
            var entry = api.get(path).path("items").path(0);
            var failure = entry.path("data").path("failure");
            return entry.path("attempt").asInt(0) != present || failure.isMissingNode()
                    ? ""
                    : "%s, %s"
                            .formatted(
                                    failure.path("code").asString(""),
                                    failure.path("summary").asString(""));
        } catch (IOException | CommandFailure e) {
            return ""; // A reason is good to have; the backup is followed without it.
        }
    }
}
