package dev.holdfast.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.event.BackupCompleted;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.event.BackupStarted;
import dev.holdfast.common.failure.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a running backup when its worker stops, or dies. */
class WorkerLifecycleIT {
    static final Duration LONG = Duration.ofSeconds(90);
    static final String SHORT_LEASE = "--holdfast.run.heartbeat=300ms";

    @TempDir
    Path directory;

    WorkerWorld world;
    BackupRequested request;

    @BeforeEach
    void start() throws Exception {
        world = new WorkerWorld(directory);
        world.createSource("shop");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void a_worker_that_is_stopped_gives_its_backup_back_and_the_next_one_completes_it() throws Exception {
        try (var lock = world.lockTable("shop")) {
            try (var first = world.start()) {
                requestAndAwaitDump();
                var stopping = Instant.now();
                first.close();
                assertThat(Duration.between(stopping, Instant.now())).isLessThan(Duration.ofSeconds(20));
            }

            assertThat(stateAndAttempt()).isEqualTo("queued 1");
            assertThat(picked()).isFalse();
            assertThat(world.staged()).isEmpty();
            assertThat(ProcessHandle.current().descendants().filter(WorkerLifecycleIT::isDump))
                    .isEmpty();
            lock.rollback();
        }

        try (var second = world.start()) {
            assertThat(second.isRunning()).isTrue();
            assertCompletedOnce(2);
        }
    }

    @Test
    void a_worker_that_was_killed_is_missed_and_its_backup_taken_over() throws Exception {
        try (var lock = world.lockTable("shop")) {
            var first = startProcess();
            try {
                awaitStart();
                world.subscribe();
                requestAndAwaitDump();
            } finally {
                first.destroyForcibly().waitFor();
            }
            assertThat(stateAndAttempt()).isEqualTo("running 1");
            lock.rollback();
        }

        try (var second = world.start(SHORT_LEASE)) {
            assertThat(second.isRunning()).isTrue();
            assertCompletedOnce(2);
        }
    }

    @Test
    void a_dump_makes_way_for_a_schema_change_and_completes_when_that_is_done() throws Exception {
        try (var worker = world.start("--holdfast.run.yield-after=1s", "--holdfast.run.first-retry=500ms");
                var lock = world.lockTable("shop", "\"Ünusual \"\"name\"\"\"");
                var change = Executors.newSingleThreadExecutor()) {
            requestAndAwaitDump();
            await().atMost(LONG).until(() -> world.waitingForLocks() > 0);
            // The dump has its lock on this table already, and waits for the other.
            var altered = change.submit(() -> alter("orders"));

            await().atMost(LONG).until(altered::isDone);
            assertThat(altered.get()).isTrue();
            lock.rollback();
            await().atMost(LONG)
                    .until(() -> !world.heard(request.backupId(), BackupCompleted.class)
                            .isEmpty());

            assertThat(worker.isRunning()).isTrue();
        }
        var setBack = world.heard(request.backupId(), BackupFailed.class).getFirst();
        assertThat(setBack.failure().code()).isEqualTo(FailureCode.SOURCE_DDL_WAITING);
        assertThat(setBack.failure().summary()).contains("waits for AccessExclusiveLock on public.orders");
        assertThat(setBack.willRetry()).isTrue();
        assertThat(world.sealed()).hasSize(1);
        assertThat(world.staged()).isEmpty();
    }

    @Test
    void a_dump_that_somebody_kills_is_tried_again() throws Exception {
        try (var worker = world.start("--holdfast.run.first-retry=500ms")) {
            try (var lock = world.lockTable("shop")) {
                requestAndAwaitDump();
                await().atMost(LONG)
                        .until(() -> ProcessHandle.current().descendants().anyMatch(WorkerLifecycleIT::isDump));
                ProcessHandle.current()
                        .descendants()
                        .filter(WorkerLifecycleIT::isDump)
                        .forEach(ProcessHandle::destroyForcibly);
                await().atMost(LONG)
                        .until(() -> !world.heard(request.backupId(), BackupFailed.class)
                                .isEmpty());
                lock.rollback();
            }
            await().atMost(LONG)
                    .until(() -> !world.heard(request.backupId(), BackupCompleted.class)
                            .isEmpty());
            assertThat(worker.isRunning()).isTrue();
        }

        var setBack = world.heard(request.backupId(), BackupFailed.class).getFirst();
        assertThat(setBack.failure().code()).isEqualTo(FailureCode.TOOL_KILLED);
        assertThat(setBack.willRetry()).isTrue();
        assertThat(world.heard(request.backupId(), BackupCompleted.class)
                        .getFirst()
                        .attempt())
                .isEqualTo(2);
    }

    private boolean alter(String table) throws Exception {
        try (var connection = world.server.dataSource("shop").getConnection();
                var statement = connection.createStatement()) {
            statement.execute("alter table " + table + " add column added int");
            return true;
        }
    }

    private void requestAndAwaitDump() throws Exception {
        request = world.request("shop", 1);
        world.publish(request);
        await().atMost(LONG).until(() -> !world.staged().isEmpty() && world.sessions() > 0);
    }

    private void assertCompletedOnce(int attempt) throws IOException {
        await().atMost(LONG)
                .until(() ->
                        !world.heard(request.backupId(), BackupCompleted.class).isEmpty());
        // A worker that is killed may have published what it had not yet crossed off.
        assertThat(world.heard(request.backupId(), BackupCompleted.class).stream()
                        .distinct())
                .extracting(BackupCompleted::attempt)
                .containsExactly(attempt);
        assertThat(world.heard(request.backupId(), BackupStarted.class).stream().distinct())
                .extracting(BackupStarted::attempt)
                .containsExactly(1, attempt);
        assertThat(world.heard(request.backupId(), BackupFailed.class)).isEmpty();
        assertThat(world.sealed()).hasSize(1);
        assertThat(world.staged()).isEmpty();
    }

    private Process startProcess() throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BackupWorker.class.getName()));
        command.addAll(world.arguments(SHORT_LEASE));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("first-worker.log").toFile())
                .start();
    }

    /** The queues are there once the worker has started; a request published earlier would be lost. */
    private void awaitStart() {
        await().atMost(LONG)
                .until(() ->
                        Files.readString(directory.resolve("first-worker.log")).contains("Started BackupWorker"));
    }

    private String stateAndAttempt() {
        return world.workerDatabase()
                .sql("select state || ' ' || attempt from job")
                .query(String.class)
                .single();
    }

    private boolean picked() {
        return world.workerDatabase()
                .sql("select picked from scheduled_tasks where task_name = 'run-backup' and task_instance like '%/1/1'")
                .query(Boolean.class)
                .single();
    }

    private static boolean isDump(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/pg_dump");
    }
}
