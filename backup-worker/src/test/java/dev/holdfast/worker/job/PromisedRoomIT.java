package dev.holdfast.worker.job;

import static dev.holdfast.worker.job.Requests.aRequestOf;
import static dev.holdfast.worker.job.Requests.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupMetadata;
import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.SourceId;
import dev.holdfast.worker.storage.PromisedRoom;
import dev.holdfast.worker.storage.Stores;
import dev.holdfast.worker.storage.Tmpfs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromisedRoomIT {
    private static final long SIZE = 900_000;

    @TempDir
    private Path directory;

    private final JobFixture fixture = new JobFixture(Clock.systemUTC());

    @Test
    void of_four_that_start_with_room_for_two_the_first_two_are_let_in() throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("backups"), "size=2400k")) {
            var store = Stores.at(tmpfs.directory());
            var four = Stream.generate(this::runsAgain).limit(4).toList();

            var refused = four.stream()
                    .map(job -> catchThrowableOfType(
                            BackupException.class,
                            () -> store.probe(
                                    "shop",
                                    fixture.jobs.lastSize(job.request().sourceId()),
                                    fixture.jobs.promisedRoom(job.id()))))
                    .toList();

            assertThat(refused.subList(0, 2)).containsOnlyNulls();
            assertThat(refused.subList(2, 4))
                    .allSatisfy(refusal -> assertThat(refusal.failure().code()).isEqualTo(FailureCode.STORAGE_FULL));
            assertThat(refused.get(2).failure().summary())
                    .contains("needs about 1,055 KiB")
                    .endsWith("of which 2 other running backups need 2,110 KiB");
        }
    }

    @Test
    void what_is_written_or_over_is_no_longer_promised() {
        var first = runsAgain();
        var second = runsAgain();
        var third = runsAgain();

        assertThat(fixture.jobs.promisedRoom(first.id())).isEqualTo(PromisedRoom.NONE);
        assertThat(fixture.jobs.promisedRoom(third.id())).isEqualTo(new PromisedRoom(2, 2_160_000));

        fixture.ledger.progressed(first, new JobProgress(BackupPhase.DUMP, 1_000_000, 0, 0));
        assertThat(fixture.jobs.promisedRoom(third.id())).isEqualTo(new PromisedRoom(2, 1_160_000));

        fixture.ledger.progressed(first, new JobProgress(BackupPhase.DUMP, 5_000_000, 0, 0));
        complete(second);
        assertThat(fixture.jobs.promisedRoom(third.id())).isEqualTo(PromisedRoom.NONE);
    }

    /** A backup of a source that has one already, on a server of its own. */
    private Job runsAgain() {
        var source = SourceId.next();
        complete(runs(source));
        return runs(source);
    }

    private Job runs(SourceId source) {
        var request = aRequestOf(source, "db-" + source, BackupType.FULL);
        fixture.accept(envelope(request, 10));
        return fixture.claim(request.backupId(), "w").orElseThrow();
    }

    private void complete(Job job) {
        fixture.ledger.completed(
                job,
                () -> new Completion(
                        new PublishedBackup(
                                Path.of("/backups/shop/1"), List.of(new Artifact("database.dump", SIZE, "ab"))),
                        Duration.ofSeconds(3),
                        new BackupMetadata("15.1", "15.2", 9, Map.of(), Map.of(), Map.of())));
    }
}
