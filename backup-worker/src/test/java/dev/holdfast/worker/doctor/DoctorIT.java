package dev.holdfast.worker.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import dev.holdfast.worker.advice.Advice;
import dev.holdfast.worker.doctor.WorkerFacts.Tool;
import dev.holdfast.worker.dump.PgClient;
import dev.holdfast.worker.dump.PgClients;
import dev.holdfast.worker.health.HealthFixture;
import dev.holdfast.worker.job.Job;
import dev.holdfast.worker.job.JobFixture;
import dev.holdfast.worker.job.LogLine;
import dev.holdfast.worker.job.Requests;
import dev.holdfast.worker.place.Place;
import dev.holdfast.worker.place.Places;
import dev.holdfast.worker.place.WorkerName;
import dev.holdfast.worker.storage.Stores;
import dev.holdfast.worker.storage.Tmpfs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorIT {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final JobFixture job = new JobFixture(Clock.systemUTC());

    @TempDir
    private Path directory;

    @Test
    void a_healthy_worker_passes_every_check_with_evidence() throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("backups"), "size=2m,uid=0,mode=0750")) {
            var report = examine(tmpfs.directory(), Place.plain());

            assertThat(statuses(report)).isEqualTo("""
                    container-user pass
                    directory-permissions pass
                    volume-ownership pass
                    worker-log pass
                    failed-backup-log pass
                    """);
            assertThat(report.path("status").stringValue()).isEqualTo("pass");
            assertThat(report.path("checkedAt").stringValue()).isEqualTo("2026-11-24T12:00:00Z");
            assertThat(evidence(report, 0)).startsWith("uid 0, gid 0, groups ");
            assertThat(evidence(report, 1))
                    .startsWith("drwxr-x--- ")
                    .contains("0(root) 0(root) ", tmpfs.directory().toString(), ".holdfast-volume", ".part");
            assertThat(evidence(report, 2)).contains("is owned by 0:0 (root:root) with mode 0750", "(tmpfs, ");
            assertThat(evidence(report, 3)).isEqualTo("no warning and no error; no backup has succeeded yet");
            var worker = report.path("worker");
            assertThat(worker.path("name").stringValue()).isEqualTo("w1");
            assertThat(worker.path("tools").path(0).path("version").stringValue())
                    .isEqualTo("17.12");
            assertThat(worker.path("volume").path("root").stringValue())
                    .isEqualTo(tmpfs.directory().toString());
            assertThat(worker.path("volume").path("totalBytes").longValue()).isEqualTo(2 << 20);
            assertThat(worker.path("volume").path("freeBytes").longValue()).isBetween(1L, 2L << 20);
        }
    }

    @Test
    void a_broken_volume_fails_with_the_same_remedies_as_the_backup_that_met_it() throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("backups"), "size=2m")) {
            examine(tmpfs.directory(), Places.compose());
            tmpfs.remount("ro");
            var store = Stores.remembering(tmpfs.directory(), job.jdbc);
            var advice = Advice.at(Places.compose(), store, job.history);
            var failure =
                    HealthFixture.aWorker("w1", job, store, advice).check().orElseThrow();
            var id = aFailedBackup(failure);

            var report = examine(tmpfs.directory(), Places.compose());

            assertThat(statuses(report)).isEqualTo("""
                    container-user fail
                    directory-permissions fail
                    volume-ownership fail
                    worker-log fail
                    failed-backup-log fail
                    """);
            assertThat(evidence(report, 1))
                    .contains("error: could not create", "Read-only file system", "STORAGE_READ_ONLY");
            assertThat(evidence(report, 3)).contains("Read-only file system").endsWith("no backup has succeeded yet");
            assertThat(evidence(report, 4))
                    .startsWith("backup " + id + " of shop failed at")
                    .contains("Read-only file system");
            var told = JsonMapper.builder().build().valueToTree(failure.remedies());
            for (int check : List.of(1, 2, 3, 4)) {
                assertThat(report.path("checks").path(check).path("remedies")).isEqualTo(told);
            }
        }
    }

    @Test
    void each_source_that_failed_has_its_own_remedies_and_what_is_over_is_not_told_again() throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("backups"), "size=2m")) {
            failed("shop", FailureCode.SOURCE_DATABASE_MISSING, Map.of("host", "a", "port", "1", "username", "u"));
            failed("forum", FailureCode.SOURCE_TLS_FAILED, Map.of());

            var both = examine(tmpfs.directory(), Place.plain());
            succeeded("gallery");
            var later = examine(tmpfs.directory(), Place.plain());

            assertThat(both.path("checks").path(4).path("remedies"))
                    .extracting(remedy -> remedy.path("title").stringValue())
                    .satisfiesOnlyOnce(title -> assertThat(title).startsWith("shop: List the databases"))
                    .satisfiesOnlyOnce(title -> assertThat(title).startsWith("forum: Set the source's sslMode"));
            assertThat(evidence(both, 3)).contains("no shop", "no forum");
            assertThat(evidence(later, 3)).startsWith("no warning and no error; last success: ");
            assertThat(statuses(later)).contains("worker-log pass", "failed-backup-log fail");
        }
    }

    @Test
    void what_is_still_being_tried_asks_for_patience() throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("backups"), "size=2m")) {
            job.lines.append(begun("shop").id(), 1, List.of(new LogLine(1, Instant.now(), "error", "no such host")));

            var report = examine(tmpfs.directory(), Place.plain());

            assertThat(statuses(report)).contains("worker-log fail", "failed-backup-log pass");
            assertThat(report.path("checks")
                            .path(3)
                            .path("remedies")
                            .path(0)
                            .path("title")
                            .stringValue())
                    .startsWith("Wait where its backup is being tried again");
        }
    }

    @Test
    void a_source_that_was_deleted_ails_no_more() throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("backups"), "size=2m")) {
            var mistyped = failed("shpo", FailureCode.SOURCE_TLS_FAILED, Map.of());

            var before = examine(tmpfs.directory(), Place.plain(), Set.of(mistyped));
            var after = examine(tmpfs.directory(), Place.plain(), Set.of());

            assertThat(statuses(before)).contains("worker-log fail", "failed-backup-log fail");
            assertThat(statuses(after)).contains("worker-log pass", "failed-backup-log pass");
        }
    }

    @Test
    void a_source_that_can_not_be_reached_may_be_deleted_and_one_that_can_not_be_written_may_not() throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("backups"), "size=2m")) {
            failed("the shpo", FailureCode.SOURCE_DATABASE_MISSING, Map.of("host", "a", "port", "1", "username", "u"));
            failed("forum", FailureCode.STORAGE_FULL, Map.of());

            var report = examine(tmpfs.directory(), Place.plain());

            assertThat(report.path("checks").path(4).path("remedies"))
                    .flatExtracting(remedy -> remedy.path("commands")
                            .valueStream()
                            .map(JsonNode::stringValue)
                            .toList())
                    .contains("./holdfast sources delete 'the shpo'")
                    .doesNotContain("./holdfast sources delete forum");
        }
    }

    @Test
    void every_worker_is_on_the_list_with_what_it_has_and_does_until_it_leaves() throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("backups"), "size=2m")) {
            roster("w2").sign(List.of());
            roster("w1").sign(List.of(new Tool("17.12", "/usr/lib/postgresql/17/bin")));
            roster("lost").sign(List.of());
            roster("long-gone").sign(List.of());
            silence("lost", "31 seconds");
            silence("long-gone", "61 minutes");
            roster("w2").sign(List.of(new Tool("16.4", "/opt/16")));
            begun("shop");

            var workers = examine(tmpfs.directory(), Place.plain()).path("workers");
            roster("w2").leave();
            var later = examine(tmpfs.directory(), Place.plain()).path("workers");

            assertThat(workers)
                    .extracting(one -> "%s %s %s %s"
                            .formatted(
                                    one.path("name").stringValue(),
                                    one.path("running").intValue(),
                                    one.path("silent").booleanValue(),
                                    one.path("tools").path(0).path("version").asString()))
                    .containsExactly("w1 1 false 17.12", "w2 0 false 16.4", "lost 0 true ");
            assertThat(later).extracting(one -> one.path("name").stringValue()).containsExactly("w1", "lost");
        }
    }

    @Test
    void a_database_that_does_not_answer_hides_the_workers_and_nothing_else() throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("backups"), "size=2m")) {
            job.jdbc.sql("alter table worker rename to worker_gone").update();
            try {
                var report = examine(tmpfs.directory(), Place.plain());

                assertThat(report.path("workers")).isEmpty();
                assertThat(report.path("worker").path("name").stringValue()).isEqualTo("w1");
                assertThat(statuses(report)).contains("directory-permissions pass");
            } finally {
                job.jdbc.sql("alter table worker_gone rename to worker").update();
            }
        }
    }

    private Roster roster(String worker) {
        return new Roster(job.jdbc, JsonMapper.builder().build(), new WorkerName(worker), Clock.systemUTC());
    }

    private void silence(String worker, String since) {
        job.jdbc
                .sql("update worker set seen_at = now() - :since::interval where name = :worker")
                .param("since", since)
                .param("worker", worker)
                .update();
    }

    private UUID failed(String source, FailureCode code, Map<String, String> facts) {
        var run = begun(source);
        job.lines.append(run.id(), 1, List.of(new LogLine(1, Instant.now(), "error", "no " + source)));
        job.ledger.failed(run, Failure.of(code, "no " + source, "", facts), "");
        return run.request().sourceId().value();
    }

    private void succeeded(String source) {
        job.ledger.completed(begun(source), JobFixture::aCompletion);
    }

    private Job begun(String source) {
        var request = Requests.aRequestOf(SourceId.next(), source, "db.example", BackupType.FULL);
        job.accept(Requests.envelope(request, 10));
        return job.claim(request.backupId(), "w1").orElseThrow();
    }

    private String aFailedBackup(Failure failure) {
        var request = Requests.aRequest(BackupId.next(), 1);
        job.accept(Requests.envelope(request, 10));
        var run = job.claim(request.backupId(), "w1").orElseThrow();
        job.lines.append(
                run.id(),
                1,
                List.of(new LogLine(
                        1,
                        Instant.now(),
                        "error",
                        failure.detail().lines().findFirst().orElseThrow())));
        job.ledger.failed(run, failure, "");
        assertThat(failure.code()).isEqualTo(FailureCode.STORAGE_READ_ONLY);
        return run.id().toString();
    }

    private JsonNode examine(Path root, Place place) {
        return examine(root, place, null);
    }

    private JsonNode examine(Path root, Place place, @Nullable Set<UUID> sources) {
        var store = Stores.remembering(root, job.jdbc);
        var advice = Advice.at(place, store, job.history);
        var health = HealthFixture.aWorker("w1", job, store, advice);
        var endpoint = new DoctorEndpoint(
                new VolumeChecks(store, health, advice, place),
                new LogChecks(job.history, job.lines),
                new WorkerLook(new WorkerName("w1"), new OneClient(), store),
                roster("w1"),
                Clock.fixed(NOON, ZoneOffset.UTC));
        return JsonMapper.builder().build().valueToTree(endpoint.doctor(new DoctorEndpoint.Known(sources)));
    }

    /** A machine with one client. */
    private static final class OneClient implements PgClients {
        private static final PgClient CLIENT = new PgClient(Path.of("/usr/lib/postgresql/17/bin"), 17, "17.12");

        @Override
        public List<PgClient> installed() {
            return List.of(CLIENT);
        }

        @Override
        public PgClient forServer(int majorVersion) {
            return CLIENT;
        }
    }

    private static String statuses(JsonNode report) {
        var text = new StringBuilder();
        for (var check : report.path("checks")) {
            text.append(check.path("name").stringValue())
                    .append(' ')
                    .append(check.path("status").stringValue())
                    .append('\n');
        }
        return text.toString();
    }

    private static String evidence(JsonNode report, int check) {
        return report.path("checks").path(check).path("evidence").stringValue();
    }
}
