package dev.holdfast.worker.run;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.worker.dump.DumpRequest;
import dev.holdfast.worker.dump.Dumper;
import dev.holdfast.worker.job.JobLedger;
import dev.holdfast.worker.media.MediaArchiver;
import dev.holdfast.worker.verify.ArtifactCheck;
import java.util.List;
import org.springframework.stereotype.Component;

/** The recipe of a backup. Everything around it (claim, lease, limits, outcome) is {@link RunSupervisor}'s. */
@Component
class BackupRunner {
    private final Preflight preflight;
    private final Dumper dumper;
    private final MediaArchiver media;
    private final ArtifactCheck check;
    private final Publisher publisher;
    private final JobLedger ledger;

    BackupRunner(
            Preflight preflight,
            Dumper dumper,
            MediaArchiver media,
            ArtifactCheck check,
            Publisher publisher,
            JobLedger ledger) {
        this.preflight = preflight;
        this.dumper = dumper;
        this.media = media;
        this.check = check;
        this.publisher = publisher;
        this.ledger = ledger;
    }

    /**
     * Takes the backup of a claimed run and publishes it. It is verified before it is sealed, so that nothing unproven is ever
     * visible (docs/adr/0006-verify-before-seal.md). Steps that concern the database do nothing for a backup of media alone.
     *
     * @param beforeSeal ends whatever else touches the job's row, which is locked during the seal
     */
    void run(Run run, Runnable beforeSeal) {
        try (var source = preflight.connect(run)) {
            preflight.inspectAndChooseTool(run, source);
            announceStarted(run);
            preflight.checkStorage(run);
            preflight.checkReadAccess(run, source);
            preflight.checkMedia(run);
        }
        publisher.stage(run);
        dump(run);
        archiveMedia(run);
        var artifacts = verify(run);
        run.enter(BackupPhase.SEAL);
        publisher.flush(run);
        beforeSeal.run();
        publisher.sealAndPublish(run, artifacts);
    }

    /** See {@link Publisher#adoptSealed}. */
    boolean adoptSealed(Run run) {
        return publisher.adoptSealed(run);
    }

    private void announceStarted(Run run) {
        var target = run.target();
        run.stop().check();
        ledger.started(
                run.job(),
                target == null ? "" : target.client().version(),
                target == null ? "" : target.facts().version());
        run.enter(BackupPhase.PREFLIGHT);
    }

    private void dump(Run run) {
        var target = run.target();
        if (target == null) {
            return;
        }
        run.enter(BackupPhase.DUMP);
        var request = new DumpRequest(
                target.access(), target.client(), target.facts(), run.staging().directory());
        dumper.dump(request, run.progress(), run.log(), run.stop());
    }

    private void archiveMedia(Run run) {
        var roots = run.mediaRoots();
        if (roots.isEmpty()) {
            return;
        }
        run.enter(BackupPhase.MEDIA);
        run.log().info("archiving " + roots);
        media.archive(roots, run.staging().directory(), run.progress()::archived, run.log(), run.stop());
    }

    private List<Artifact> verify(Run run) {
        run.enter(BackupPhase.VERIFY);
        run.log().info("reading everything back");
        publisher.writeLog(run);
        var target = run.target();
        var artifacts = check.verify(run.staging().directory(), target == null ? null : target.client(), run.stop());
        artifacts.forEach(artifact -> run.log()
                .info("%s: %d bytes, sha256 %s".formatted(artifact.file(), artifact.sizeBytes(), artifact.sha256())));
        return artifacts;
    }
}
