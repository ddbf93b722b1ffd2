package dev.holdfast.worker.run;

import static dev.holdfast.worker.job.Requests.aRequest;
import static dev.holdfast.worker.job.Requests.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.worker.job.JobFixture;
import dev.holdfast.worker.source.SourceAccess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GiveWayIT {
    private static final String WAITER = "pid 4711 (user app) waits for AccessExclusiveLock on orders";

    @TempDir
    private Path root;

    private final JobFixture job = new JobFixture(Clock.systemUTC());
    private final AtomicLong nanoTime = new AtomicLong();
    private FakePorts ports;
    private Run run;
    private GiveWay giveWay;

    @BeforeEach
    void dump() {
        ports = new FakePorts(root);
        run = aRunThatDumps();
        giveWay = new GiveWay(run, ports, Duration.ofSeconds(30), nanoTime::get);
    }

    @Test
    void a_dump_makes_way_for_who_has_waited_for_longer_than_the_patience() {
        ports.waiting = List.of(WAITER);
        giveWay.look();
        pass(Duration.ofSeconds(30));
        giveWay.look();
        assertThat(run.interrupted()).isNull();

        pass(Duration.ofSeconds(1));
        giveWay.look();

        assertThat(run.interrupted()).extracting(Run.Interrupted::why).isEqualTo(Run.Interruption.MADE_WAY);
    }

    @Test
    void who_has_waited_in_between_begins_anew() {
        ports.waiting = List.of(WAITER);
        giveWay.look();
        pass(Duration.ofSeconds(20));
        ports.waiting = List.of();
        giveWay.look();
        ports.waiting = List.of(WAITER);
        giveWay.look();
        pass(Duration.ofSeconds(20));

        giveWay.look();

        assertThat(run.interrupted()).isNull();
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private Run aRunThatDumps() {
        var id = BackupId.next();
        job.accept(envelope(aRequest(id, 1), 10));
        var claimed = job.claim(id, "w1").orElseThrow();
        var progress = new RunProgress(nanoTime::get);
        progress.enter(BackupPhase.DUMP);
        var log = new JobLog(id, claimed.attempt(), job.lines, Clock.systemUTC());
        var made = new Run(claimed, job.ledger, log, progress);
        var access = new SourceAccess(claimed.request().connection(), "secret", "holdfast");
        made.target(new BackupTarget(access, ports.facts(), ports.forServer(15)));
        return made;
    }
}
