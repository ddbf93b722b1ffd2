package dev.holdfast.notification.incident;

import static dev.holdfast.common.event.BackupPart.DATABASE;
import static dev.holdfast.common.event.BackupPart.MEDIA;
import static dev.holdfast.common.failure.FailureCode.CANCELLED;
import static dev.holdfast.common.failure.FailureCode.SOURCE_UNREACHABLE;
import static dev.holdfast.common.failure.FailureCode.STORAGE_FULL;
import static dev.holdfast.common.failure.FailureCode.STORAGE_PERMISSION_DENIED;
import static dev.holdfast.common.failure.FailureCode.STORAGE_READ_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.embedded.EmbeddedPostgres;
import dev.holdfast.notification.incident.Outage.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the facts of a history come to, on a real database. */
class IncidentTrackerIT {
    private static EmbeddedPostgres server;
    private static SingleConnectionDataSource connection;
    private static JdbcClient jdbc;

    private final Outage outage = new Outage(Instant.parse("2026-01-02T12:00:00Z"));
    private final Source shop = Source.named("shop");
    private final Source crm = Source.named("crm");
    private final List<String> told = new ArrayList<>();
    private Incidents incidents;

    @BeforeAll
    static void start() {
        server = EmbeddedPostgres.temporary();
        server.createDatabase("holdfast");
        connection =
                new SingleConnectionDataSource(server.jdbcUrl("holdfast"), server.username(), server.password(), true);
        jdbc = JdbcClient.create(connection);
        new ResourceDatabasePopulator(
                        new ClassPathResource("db/notification/V002__incidents_and_alerts.sql"),
                        new ClassPathResource("db/notification/V008__forget_problems_of_deleted_sources.sql"),
                        new ClassPathResource("db/notification/V009__tell_parts_of_a_backup_apart.sql"))
                .execute(connection);
    }

    @AfterAll
    static void stop() {
        connection.destroy();
        server.close();
    }

    @BeforeEach
    void empty() {
        incidents = new Incidents(jdbc);
        jdbc.sql("truncate incident_fact, good_backup, source_gone, storage_watch, incident cascade")
                .update();
    }

    @Test
    void five_hundred_failures_of_the_storage_are_one_alert_and_one_end() {
        for (int i = 0; i < 500; i++) {
            apply(outage.failed(i, i % 2 == 0 ? shop : crm, STORAGE_PERMISSION_DENIED));
        }
        apply(outage.storageFailed(500, STORAGE_PERMISSION_DENIED));

        var incident = incidents.page(true, null, 10).getFirst();
        assertThat(incident.extent().failures()).isEqualTo(500);
        assertThat(incident.extent().backups()).hasSize(5);
        assertThat(incident.extent().sources()).extracting(HitSource::name).containsExactlyInAnyOrder("shop", "crm");
        apply(outage.storageRecovered(501, STORAGE_PERMISSION_DENIED));
        assertThat(told).containsExactly("raised backup of \"shop\": permission denied on /app/backups", "resolved");
    }

    @Test
    void a_failure_that_will_be_retried_or_was_wanted_is_no_incident() {
        apply(outage.failed(1, shop, SOURCE_UNREACHABLE, true), outage.failed(2, shop, CANCELLED));

        assertThat(told).isEmpty();
    }

    @Test
    void each_source_and_code_has_an_incident_of_its_own_and_a_backup_ends_those_of_its_source() {
        apply(
                outage.failed(1, shop, SOURCE_UNREACHABLE),
                outage.failed(2, shop, FailureCode.TOOL_TOO_OLD),
                outage.failed(3, crm, SOURCE_UNREACHABLE),
                outage.completed(4, shop));

        assertThat(incidents.page(true, null, 10))
                .singleElement()
                .satisfies(open -> assertThat(open.key()).isEqualTo("source:" + crm.id() + ":SOURCE_UNREACHABLE"));
    }

    @Test
    void media_make_good_no_failure_of_a_database_and_no_dump_one_of_media() {
        apply(
                outage.failed(1, shop, SOURCE_UNREACHABLE, DATABASE),
                outage.failed(2, shop, FailureCode.MEDIA_UNREADABLE, DATABASE, MEDIA),
                outage.completed(3, shop, MEDIA));
        assertThat(openCodes()).containsExactly(SOURCE_UNREACHABLE);

        apply(outage.failed(4, shop, FailureCode.MEDIA_UNREADABLE, MEDIA), outage.completed(5, shop, DATABASE));
        assertThat(openCodes()).containsExactly(FailureCode.MEDIA_UNREADABLE);
    }

    @Test
    void a_failure_of_all_that_a_source_has_is_made_good_by_all_of_it() {
        apply(outage.failed(1, shop, STORAGE_FULL, DATABASE, MEDIA), outage.completed(2, shop, MEDIA));
        assertThat(openCodes()).containsExactly(STORAGE_FULL);

        apply(outage.completed(3, shop, DATABASE));
        assertThat(openCodes()).isEmpty();
    }

    @Test
    void there_is_a_database_to_go_back_to_and_not_the_media_that_are_newer() {
        apply(
                outage.completed(1, shop, DATABASE, MEDIA),
                outage.completed(2, shop, MEDIA),
                outage.failed(3, shop, SOURCE_UNREACHABLE, DATABASE));
        var problem = incidents.page(true, null, 10).getFirst().extent();

        assertThat(new GoodBackups(jdbc).before(problem))
                .extracting(GoodBackup::at)
                .containsExactly(outage.start().plusSeconds(1));
    }

    private List<FailureCode> openCodes() {
        return incidents.page(true, null, 10).stream()
                .map(open -> open.extent().failure().code())
                .toList();
    }

    @Test
    void a_failure_older_than_the_end_opens_nothing() {
        apply(outage.completed(5, shop), outage.failed(4, shop, SOURCE_UNREACHABLE));
        apply(outage.storageRecovered(5, STORAGE_READ_ONLY), outage.failed(4, crm, STORAGE_READ_ONLY));

        assertThat(told).isEmpty();
    }

    @Test
    void storage_that_no_probe_found_broken_is_well_when_every_source_has_a_backup_again() {
        apply(
                outage.failed(1, shop, STORAGE_READ_ONLY),
                outage.failed(2, crm, STORAGE_READ_ONLY),
                outage.completed(3, shop));
        assertThat(incidents.countOpen()).isEqualTo(1);

        apply(outage.completed(4, crm));

        assertThat(incidents.countOpen()).isZero();
    }

    @Test
    void a_deleted_source_has_no_problem_any_more_and_gets_none() {
        apply(
                outage.failed(1, shop, SOURCE_UNREACHABLE),
                outage.failed(2, shop, STORAGE_READ_ONLY),
                outage.failed(3, crm, STORAGE_READ_ONLY));

        apply(outage.deleted(4, shop), outage.failed(5, shop, SOURCE_UNREACHABLE));

        assertThat(incidents.page(true, null, 10))
                .singleElement()
                .satisfies(open -> assertThat(open.extent().sources())
                        .extracting(HitSource::name)
                        .containsExactly("crm"));
    }

    @Test
    void an_outage_of_the_storage_does_not_end_with_a_source() {
        apply(
                outage.failed(1, shop, STORAGE_READ_ONLY),
                outage.storageFailed(2, STORAGE_READ_ONLY),
                outage.deleted(3, shop));

        assertThat(incidents.countOpen()).isEqualTo(1);
    }

    @Test
    void a_backup_does_not_end_an_outage_that_a_probe_found() {
        apply(
                outage.failed(1, shop, STORAGE_READ_ONLY),
                outage.storageFailed(2, STORAGE_READ_ONLY),
                outage.completed(3, shop));

        assertThat(incidents.countOpen()).isEqualTo(1);
    }

    @Test
    void a_new_reason_of_the_storage_is_told_though_an_older_one_is_still_open() {
        apply(outage.failed(1, shop, FailureCode.STORAGE_NAME_TOO_LONG));

        apply(outage.storageFailed(2, STORAGE_PERMISSION_DENIED));

        assertThat(told).filteredOn(text -> text.startsWith("raised")).hasSize(2);
        assertThat(incidents.countOpen()).isEqualTo(2);
    }

    @Test
    void an_error_of_the_disk_does_not_end_because_a_small_file_could_be_written() {
        apply(
                outage.failed(1, shop, FailureCode.STORAGE_IO_ERROR),
                outage.storageRecovered(2, STORAGE_PERMISSION_DENIED));
        assertThat(incidents.countOpen()).isEqualTo(1);

        apply(outage.completed(3, shop));

        assertThat(incidents.countOpen()).isZero();
    }

    @Test
    void lack_of_room_does_not_end_with_an_outage_of_another_kind() {
        apply(outage.failed(1, shop, STORAGE_FULL), outage.storageRecovered(2, STORAGE_PERMISSION_DENIED));
        assertThat(incidents.countOpen()).isEqualTo(1);

        apply(outage.storageRecovered(3, STORAGE_FULL));

        assertThat(incidents.countOpen()).isZero();
    }

    @Test
    void a_problem_that_comes_and_goes_is_told_three_times_and_then_once() {
        for (int i = 0; i < 10; i++) {
            apply(outage.failed(2 * i, shop, SOURCE_UNREACHABLE), outage.completed(2 * i + 1, shop));
        }

        assertThat(told).hasSize(5);
        var flapping = incidents.page(true, null, 10).getFirst();
        assertThat(flapping.flapping()).isTrue();
        assertThat(flapping.quietSince()).isNotNull();
        inTransaction(() -> lifecycle(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(11)), 3)
                .endSteady());
        assertThat(told).hasSize(6).endsWith("resolved");
    }

    /** -Dholdfast.histories and -Dholdfast.seed: how many, and the one to begin with, as a failure names it. */
    @Test
    void histories_that_are_shuffled_and_doubled_come_to_the_same() {
        long first = Long.getLong("holdfast.seed", System.nanoTime());
        long count = Long.getLong("holdfast.histories", 500);
        for (long seed = first; seed < first + count; seed++) {
            var random = new Random(seed);
            var history = IntStream.range(0, 1 + random.nextInt(20))
                    .mapToObj(second -> anything(second, random))
                    .toList();
            var delivered = new ArrayList<>(history);
            history.stream().filter(event -> random.nextBoolean()).forEach(delivered::add);
            Collections.shuffle(delivered, random);

            assertThat(outcome(delivered))
                    .as("-Dholdfast.seed=%d -Dholdfast.histories=1: %s", seed, delivered)
                    .isEqualTo(outcome(history));
        }
        System.out.printf("%,d histories from seed %d came to one state each%n", count, first);
    }

    private EventEnvelope anything(int second, Random random) {
        var source = random.nextBoolean() ? shop : crm;
        var codes = List.of(SOURCE_UNREACHABLE, STORAGE_FULL, STORAGE_READ_ONLY, STORAGE_PERMISSION_DENIED);
        var code = codes.get(random.nextInt(codes.size()));
        return switch (random.nextInt(25)) {
            case 0, 1, 2, 3, 4, 5 -> outage.completed(second, source);
            case 6, 7, 8 -> outage.storageFailed(second, code == SOURCE_UNREACHABLE ? STORAGE_FULL : code);
            case 9, 10, 11 -> outage.storageRecovered(second, code == SOURCE_UNREACHABLE ? STORAGE_FULL : code);
            case 12 -> outage.deleted(second, source);
            default -> outage.failed(second, source, code);
        };
    }

    /** What is open at the end; nothing of it stays. */
    private List<String> outcome(List<EventEnvelope> history) {
        var tracker = tracker(1_000_000);
        return transaction().execute(status -> {
            status.setRollbackOnly();
            history.forEach(tracker::apply);
            return incidents.page(true, null, 100).stream()
                    .map(open -> open.key() + " " + open.title() + " " + open.extent())
                    .sorted()
                    .toList();
        });
    }

    private void apply(EventEnvelope... events) {
        for (var event : events) {
            inTransaction(() -> tracker(3).apply(event));
        }
    }

    private IncidentTracker tracker(int flappingTimes) {
        return new IncidentTracker(new IncidentFacts(jdbc), lifecycle(Clock.systemUTC(), flappingTimes));
    }

    private IncidentLifecycle lifecycle(Clock clock, int flappingTimes) {
        var changes = new IncidentChanges() {
            @Override
            public void raised(Incident incident) {
                told.add("raised " + incident.title());
            }

            @Override
            public void resolved(Incident incident) {
                told.add("resolved");
            }
        };
        var flapping = new FlappingProperties(flappingTimes, Duration.ofMinutes(10));
        return new IncidentLifecycle(new IncidentFacts(jdbc), incidents, changes, flapping, clock);
    }

    private static void inTransaction(Runnable work) {
        transaction().executeWithoutResult(status -> work.run());
    }

    private static TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager(connection));
    }
}
