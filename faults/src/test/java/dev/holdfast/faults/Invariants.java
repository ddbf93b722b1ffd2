package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import tools.jackson.databind.JsonNode;

/**
 * What must hold after every fault, whatever it was: I1 to I10 of docs/faults.md. Checked for the backups that were accepted since
 * the last time; the artifacts of all earlier ones must be there still, and nobody may have written to them.
 */
final class Invariants {
    /** How soon everything works again after a fault has ended. */
    private static final Duration RECOVERY = Duration.ofSeconds(60);
    /** The sweep comes once a minute. */
    private static final Duration SWEPT = Duration.ofSeconds(75);

    /** How soon a failure is told, once all services are there. */
    private static final Duration TOLD = Duration.ofSeconds(5);

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Set<String> ENDS = Set.of("backup.completed.v1", "backup.failed.v1", "backup.cancelled.v1");

    private final Installation holdfast;
    private final ProcessTable processes = ProcessTable.watchedFor(Sources.CANARY);
    private final Set<String> proven = new HashSet<>();
    /** The files of each backup whose bytes were read and found to be what its record says, as they were then. */
    private final Map<String, List<KeptFile>> kept = new HashMap<>();
    /** The directories in which the secret was looked for. */
    private final Set<Path> searched = new HashSet<>();

    private final Set<String> withdrawn = new HashSet<>();

    Invariants(Installation holdfast) {
        this.holdfast = holdfast;
    }

    /** Checks all of them; the fault has ended. */
    void check() {
        var fresh = fresh();
        everythingEnds(fresh);
        everythingIsPublished();
        var visible = new Volume(holdfast.storage()).backups();
        for (var id : fresh) {
            hasOneOutcome(id);
            hasAtMostOneArtifact(id, visible.getOrDefault(id, List.of()));
            isToldIfItFailed(id);
        }
        for (var id : holdfast.rest().accepted()) {
            if (kept.containsKey(id)) {
                isAsItWas(id);
            } else if (!withdrawn.contains(id)) {
                isWhatItsRecordSays(id);
            }
        }
        nothingIsLeftBehind();
        nothingIsADeadLetter();
        theSecretIsNowhere(fresh);
        proven.addAll(fresh);
    }

    /** What a failed row has left is not the next one's affair. */
    void forget() {
        withdrawn.addAll(fresh());
    }

    private List<String> fresh() {
        return holdfast.rest().accepted().stream()
                .filter(id -> !proven.contains(id) && !withdrawn.contains(id))
                .toList();
    }

    /** I1, I8: whatever was accepted ends, with no hand. */
    private void everythingEnds(List<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        // One query for all, since a history may have thousands; then each as its client sees it.
        var open = "select id from api.backup where status in ('REQUESTED', 'RUNNING') and id in ('%s')"
                .formatted(String.join("','", ids));
        soon(RECOVERY)
                .untilAsserted(() -> assertThat(holdfast.column(open))
                        .as("I1, I8: accepted requests that have not ended")
                        .isEmpty());
        assertThat(ids)
                .as("I1")
                .allSatisfy(id -> assertThat(holdfast.rest().status(id)).isIn("completed", "failed", "cancelled"));
    }

    /** I8: nothing waits in an outbox. */
    private void everythingIsPublished() {
        for (var schema : List.of("api", "worker", "notification")) {
            soon(RECOVERY)
                    .untilAsserted(() -> assertThat(holdfast.column("select count(*) from " + schema + ".outbox"))
                            .as("I8: the outbox of %s is empty", schema)
                            .containsExactly("0"));
        }
    }

    /** I1, I4: as many outcomes as requests, one after each; duplicates on the wire make none. */
    private void hasOneOutcome(String id) {
        soon(RECOVERY).untilAsserted(() -> {
            var log = holdfast.rest().log(id);
            var requests = count(log, entry -> type(entry).equals("backup.requested.v1"));
            assertThat(count(log, Invariants::isEnd))
                    .as("I1: outcomes of %s: %s", id, log)
                    .isEqualTo(requests);
            assertThat(requests).as("I1: requests of %s", id).isPositive();
        });
        var backup = holdfast.rest().backup(id);
        if (backup.path("status").asString().equals("failed")) {
            var failure = backup.path("failure");
            assertThat(failure.path("code").asString()).as("I9: %s", backup).isNotEmpty();
            assertThat(failure.path("cause").asString()).as("I9: %s", backup).isNotEmpty();
            assertThat(failure.path("remedies").size()).as("I9: %s", backup).isPositive();
        }
    }

    /** I5: the log has said so already, see I1; and one alert counts it, however many backups it is about. */
    private void isToldIfItFailed(String id) {
        if (!holdfast.rest().status(id).equals("failed")) {
            return;
        }
        var failed = holdfast.rest().log(id).stream()
                .filter(entry -> type(entry).equals("backup.failed.v1") && isEnd(entry))
                .reduce((first, last) -> last)
                .orElseThrow();
        soon(TOLD)
                .untilAsserted(() -> assertThat(holdfast.rest().alerts())
                        .as("I5: alerts of %s", failed)
                        .filteredOn(alert -> counts(alert, failed))
                        .hasSize(1));
    }

    private static boolean counts(JsonNode alert, JsonNode failed) {
        var at = Instant.parse(failed.path("time").asString());
        var sources = new ArrayList<String>();
        alert.path("sources").forEach(source -> sources.add(source.asString()));
        return alert.path("code").equals(failed.path("data").path("failure").path("code"))
                && sources.contains(failed.path("source").asString())
                && !at.isBefore(Instant.parse(alert.path("since").asString()))
                && !at.isAfter(Instant.parse(alert.path("lastFailureAt").asString()));
    }

    /** I2. */
    private void hasAtMostOneArtifact(String id, List<Path> directories) {
        var completed = holdfast.rest().status(id).equals("completed");
        assertThat(directories).as("I2: visible artifacts of %s", id).hasSize(completed ? 1 : 0);
    }

    /** I7. */
    private void isAsItWas(String id) {
        assertThat(kept.getOrDefault(id, List.of()))
                .as("I7: the files of %s", id)
                .allSatisfy(file -> assertThat(KeptFile.of(file.path())).isEqualTo(file));
    }

    /** I3: what lies on the disk is what the record and the event say. */
    private void isWhatItsRecordSays(String id) {
        var backup = holdfast.rest().backup(id);
        if (!backup.path("status").asString().equals("completed")) {
            return;
        }
        var artifacts = backup.path("artifacts");
        var directory = Path.of(backup.path("path").asString());
        assertThat(artifacts.size()).as("I3: %s", backup).isPositive();
        var files = new ArrayList<KeptFile>();
        for (var artifact : artifacts) {
            var file = directory.resolve(artifact.path("file").asString());
            assertThat(file).as("I3: %s", backup).isRegularFile();
            assertThat(file.toFile().length())
                    .as("I3: %s", file)
                    .isEqualTo(artifact.path("sizeBytes").asLong());
            assertThat(Volume.sha256(file))
                    .as("I3: %s", file)
                    .isEqualTo(artifact.path("sha256").asString());
            files.add(KeptFile.of(file));
        }
        var told = holdfast.rest().log(id).stream()
                .filter(entry -> type(entry).equals("backup.completed.v1"))
                .reduce((first, last) -> last)
                .orElseThrow();
        assertThat(told.path("data").path("path").asString()).isEqualTo(directory.toString());
        assertThat(told.path("data").path("artifacts"))
                .as("I3: the event of %s", id)
                .isEqualTo(artifacts);
        kept.put(id, files);
    }

    /** I10. */
    private void nothingIsLeftBehind() {
        soon(SOON)
                .untilAsserted(() -> assertThat(ProcessTable.toolsOf(holdfast.directory()))
                        .as("I10: orphan tools")
                        .isEmpty());
        soon(SOON)
                .untilAsserted(() -> assertThat(holdfast.sources().sessions())
                        .as("I10: sessions on the sources' server")
                        .isEmpty());
        soon(SWEPT)
                .untilAsserted(() -> assertThat(new Volume(holdfast.storage()).parts())
                        .as("I10: unfinished attempts")
                        .isEmpty());
    }

    private void nothingIsADeadLetter() {
        assertThat(holdfast.rest().get("/api/v1/parked-messages").path("items").size())
                .as("messages that were set aside")
                .isZero();
    }

    /** I6. */
    private void theSecretIsNowhere(List<String> fresh) {
        assertThat(processes.caught()).as("I6: arguments and environments").isEmpty();
        var canary = new Canary(Sources.CANARY);
        for (var process : holdfast.processes()) {
            canary.lookIn(process.logFile().toString(), process.log());
        }
        for (var event : holdfast.subscriber().events()) {
            canary.lookIn("event " + event.type(), event.headers() + event.body());
        }
        for (var path : answers(fresh)) {
            canary.lookIn("GET " + path, holdfast.rest().text(path));
        }
        canary.lookIn("the services' database", holdfast.servers().database().dumped(holdfast.databaseName()));
        for (var directory : new Volume(holdfast.storage()).visible()) {
            if (searched.add(directory)) {
                canary.lookIn(directory.toString(), texts(directory));
            }
        }
        assertThat(canary.found()).as("I6: where the password of a source is").isEmpty();
    }

    private static List<String> answers(List<String> ids) {
        var paths = new ArrayList<>(List.of(
                "/api/v1/sources",
                "/api/v1/backups",
                "/api/v1/log?limit=200&level=debug",
                "/api/v1/alerts",
                "/api/v1/parked-messages",
                "/api/v1/doctor"));
        for (var id : ids.subList(0, Math.min(ids.size(), 20))) {
            paths.add("/api/v1/backups/" + id);
            paths.add("/api/v1/backups/" + id + "/log");
        }
        return paths;
    }

    private static String texts(Path directory) {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().matches(".*\\.(json|log|sql)"))
                    .map(Invariants::read)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A failure that a retry follows is none. */
    private static boolean isEnd(JsonNode entry) {
        return ENDS.contains(type(entry))
                && !entry.path("data").path("willRetry").asBoolean(false);
    }

    private static String type(JsonNode entry) {
        return entry.path("type").asString().replace("dev.holdfast.", "");
    }

    private static long count(List<JsonNode> entries, java.util.function.Predicate<JsonNode> wanted) {
        return entries.stream().filter(wanted).count();
    }

    /** A file that was proven, and when it was last written to. */
    private record KeptFile(Path path, long size, FileTime written) {
        static KeptFile of(Path path) {
            try {
                var attributes = Files.readAttributes(path, BasicFileAttributes.class);
                return new KeptFile(path, attributes.size(), attributes.lastModifiedTime());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static ConditionFactory soon(Duration limit) {
        // Looked at at once: of thousands of backups, each would be waited for.
        return await().atMost(limit)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class);
    }
}
