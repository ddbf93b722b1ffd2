package dev.holdfast.worker.job;

import static dev.holdfast.worker.job.Requests.aRequestOf;
import static dev.holdfast.worker.job.Requests.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsIT {
    final JobFixture fixture = new JobFixture(Clock.systemUTC());

    @Test
    void of_one_source_one_backup_runs_at_a_time_and_the_next_follows_when_it_ends() {
        var source = SourceId.next();
        var first = request(source, "db-1");
        var second = request(source, "db-1");
        var run = fixture.claim(first, "w").orElseThrow();

        assertThat(fixture.claim(second, "w")).isEmpty();
        assertThat(log(second)).contains("waits: another backup of this source is running");
        fixture.ledger.completed(run, JobFixture::aCompletion);

        assertThat(fixture.claim(second, "w")).isPresent();
    }

    @Test
    void of_one_server_no_more_run_than_the_setting_says_whatever_its_name_is_spelt_like() {
        var first = fixture.claim(request(SourceId.next(), "DB-1"), "w").orElseThrow();
        assertThat(fixture.claim(request(SourceId.next(), "db-1"), "v")).isPresent();
        var third = request(SourceId.next(), "db-1");
        var fourth = request(SourceId.next(), "db-1");

        assertThat(fixture.claim(third, "w")).isEmpty();
        assertThat(fixture.claim(fourth, "w")).isEmpty();
        assertThat(fixture.claim(request(SourceId.next(), "db-2"), "w"))
                .as("another server")
                .isPresent();
        assertThat(log(third)).contains("no more than 2 backups of one server run at the same time");
        fixture.ledger.cancelled(first);

        assertThat(fixture.claim(third, "w")).isPresent();
        assertThat(fixture.claim(fourth, "w")).isEmpty();
    }

    @Test
    void backups_of_media_alone_wait_for_no_server() {
        assertThat(fixture.claim(request(SourceId.next(), "db-1"), "w")).isPresent();
        assertThat(fixture.claim(request(SourceId.next(), "db-1"), "w")).isPresent();

        assertThat(fixture.claim(request(SourceId.next(), "db-1", BackupType.MEDIA), "w"))
                .isPresent();
    }

    @Test
    void a_failed_a_put_back_and_a_set_back_run_pass_their_turn_on_too() {
        var source = SourceId.next();
        var first = request(source, "db-1");
        var second = request(source, "db-1");
        var third = request(source, "db-1");
        var run = fixture.claim(first, "w").orElseThrow();
        assertThat(fixture.claim(second, "w")).isEmpty();
        assertThat(fixture.claim(third, "w")).isEmpty();

        fixture.ledger.setBack(run, aFailure(), "", Instant.now().plusSeconds(60));
        var next = fixture.claim(second, "w").orElseThrow();
        assertThat(fixture.claim(first, "w")).as("it lines up again").isEmpty();
        fixture.ledger.failed(next, aFailure(), "");
        var last = fixture.claim(first, "w").or(() -> fixture.claim(third, "w")).orElseThrow();
        fixture.ledger.putBack(last);

        assertThat(fixture.jobs.running()).isEmpty();
        assertThat(fixture.scheduled()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void a_turn_that_has_passed_is_void() {
        var id = request(SourceId.next(), "db-1");
        var run = fixture.claim(id, "w").orElseThrow();
        fixture.ledger.putBack(run);

        assertThat(fixture.ledger.claim(new DueJob(id, 1, 0), Claimant.of("w"))).isEmpty();
        assertThat(fixture.ledger.claim(new DueJob(id, 1, 1), Claimant.of("w"))).isPresent();
    }

    @Test
    void a_dead_workers_job_is_taken_over_though_it_fills_its_own_place() {
        var id = request(SourceId.next(), "db-1");
        assertThat(fixture.claim(id, "dead")).isPresent();

        var taken = fixture.claim(id, "w").orElseThrow();

        assertThat(taken.attempt()).isEqualTo(2);
        assertThat(taken.deaths()).isEqualTo(1);
    }

    @Test
    void jobs_of_dead_workers_keep_their_places_also_where_fewer_are_allowed_by_now() {
        var first = request(SourceId.next(), "db-1");
        var second = request(SourceId.next(), "db-1");
        assertThat(fixture.claim(first, "dead")).isPresent();
        assertThat(fixture.claim(second, "dead")).isPresent();
        var one = fixture.withPerServer(1);

        assertThat(fixture.claim(one, first, "w")).isPresent();
        assertThat(fixture.claim(one, second, "w")).isPresent();
    }

    @Test
    void a_backup_that_waits_for_its_source_alone_is_woken_however_many_wait_for_the_server() {
        var source = SourceId.next();
        var running = fixture.claim(request(source, "db-1"), "w").orElseThrow();
        assertThat(fixture.claim(request(SourceId.next(), "db-1"), "w")).isPresent();
        for (int i = 0; i < 5; i++) {
            assertThat(fixture.claim(request(SourceId.next(), "db-1"), "w")).isEmpty();
        }
        var media = request(source, "db-1", BackupType.MEDIA);
        assertThat(fixture.claim(media, "w")).isEmpty();

        fixture.ledger.completed(running, JobFixture::aCompletion);

        assertThat(fixture.claim(media, "w")).isPresent();
    }

    @Test
    void a_turn_that_one_of_the_same_source_can_not_use_goes_to_another() {
        var source = SourceId.next();
        var first = fixture.claim(request(SourceId.next(), "db-1"), "w").orElseThrow();
        assertThat(fixture.claim(request(SourceId.next(), "db-1"), "w")).isPresent();
        var second = request(source, "db-1");
        var third = request(source, "db-1");
        var other = request(SourceId.next(), "db-1");
        List.of(second, third, other)
                .forEach(id -> assertThat(fixture.claim(id, "w")).isEmpty());
        fixture.ledger.completed(first, JobFixture::aCompletion);
        var woken = fixture.claim(second, "w").orElseThrow();
        assertThat(fixture.claim(third, "w")).isEmpty();

        assertThat(fixture.scheduled()).anyMatch(entry -> entry.startsWith(other + "/1/1"));
        assertThat(woken.id()).isEqualTo(second);
    }

    @Test
    void a_job_that_waits_for_nothing_is_woken_in_the_end() {
        var source = SourceId.next();
        var first = request(source, "db-1");
        var second = request(source, "db-1");
        assertThat(fixture.claim(first, "w")).isPresent();
        assertThat(fixture.claim(second, "w")).isEmpty();
        // As a worker without turns would end it.
        fixture.jdbc
                .sql("update job set state = 'failed', failure_code = 'UNEXPECTED' where id = :id")
                .param("id", first.value())
                .update();

        fixture.transaction().executeWithoutResult(status -> fixture.turns.wakeForgotten());

        assertThat(fixture.scheduled()).contains(second + "/1/1");
        assertThat(fixture.claim(second, "w")).isPresent();
    }

    @Test
    void many_workers_never_run_more_than_may_and_leave_nobody_waiting() throws Exception {
        var sources = new ArrayList<SourceId>();
        for (int i = 0; i < 10; i++) {
            sources.add(SourceId.next());
        }
        for (int i = 0; i < 120; i++) {
            request(
                    sources.get(i % 10),
                    i / 10 % 2 == 0 ? "db-1" : "db-2",
                    i % 7 == 0 ? BackupType.MEDIA : BackupType.DATABASE);
        }
        var running = Map.of("db-1", new AtomicInteger(), "db-2", new AtomicInteger());
        var most = new AtomicInteger();
        var ended = new ConcurrentLinkedQueue<BackupId>();
        try (var workers = Executors.newFixedThreadPool(6)) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < 6; i++) {
                var name = "w" + i;
                all.add(workers.submit(() -> work(name, running, most, ended)));
            }
            for (var worker : all) {
                worker.get(60, TimeUnit.SECONDS);
            }
        }

        assertThat(ended).hasSize(120).doesNotHaveDuplicates();
        assertThat(most).hasValueLessThanOrEqualTo(2);
    }

    /** Takes entries off the scheduler's table as workers do, until nothing is left to do. */
    private void work(
            String name,
            Map<String, AtomicInteger> running,
            AtomicInteger most,
            ConcurrentLinkedQueue<BackupId> ended) {
        while (ended.size() < 120) {
            takeEntry()
                    .flatMap(due -> fixture.ledger.claim(due, Claimant.of(name)))
                    .ifPresent(job -> {
                        if (job.request().type() != BackupType.MEDIA) {
                            var server = running.get(job.request().connection().host());
                            most.accumulateAndGet(server.incrementAndGet(), Math::max);
                            fixture.ledger.progressed(job, new JobProgress(BackupPhase.DUMP, 1, 0, 0));
                            server.decrementAndGet();
                        }
                        fixture.ledger.completed(job, JobFixture::aCompletion);
                        ended.add(job.id());
                    });
        }
    }

    private Optional<DueJob> takeEntry() {
        return fixture.jdbc.sql("""
                        delete from scheduled_tasks where (task_name, task_instance) in (
                            select task_name, task_instance from scheduled_tasks limit 1 for update skip locked)
                        returning task_instance""").query(String.class).optional().map(DueJob::ofInstance);
    }

    private BackupId request(SourceId source, String host) {
        return request(source, host, BackupType.DATABASE);
    }

    private BackupId request(SourceId source, String host, BackupType type) {
        var request = aRequestOf(source, host, type);
        fixture.accept(envelope(request, 10));
        return request.backupId();
    }

    private String log(BackupId id) {
        var text = new StringBuilder();
        fixture.lines.write(id, text);
        return text.toString();
    }

    private static Failure aFailure() {
        return Failure.of(FailureCode.SOURCE_UNREACHABLE, "gone", "", Map.of());
    }
}
