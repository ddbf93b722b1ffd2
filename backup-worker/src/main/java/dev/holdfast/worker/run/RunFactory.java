package dev.holdfast.worker.run;

import dev.holdfast.worker.job.Job;
import dev.holdfast.worker.job.JobLedger;
import dev.holdfast.worker.job.Jobs;
import dev.holdfast.worker.job.LogLines;
import dev.holdfast.worker.source.Sources;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Puts together what one run needs. */
@Component
class RunFactory {
    private final Jobs jobs;
    private final JobLedger ledger;
    private final LogLines lines;
    private final Sources sources;
    private final RunSettings settings;
    private final Clock clock;

    RunFactory(Jobs jobs, JobLedger ledger, LogLines lines, Sources sources, RunSettings settings, Clock clock) {
        this.jobs = jobs;
        this.ledger = ledger;
        this.lines = lines;
        this.sources = sources;
        this.settings = settings;
        this.clock = clock;
    }

    Run open(Job job) {
        return new Run(
                job, ledger, new JobLog(job.id(), job.attempt(), lines, clock), new RunProgress(System::nanoTime));
    }

    RunWatch watch(Run run) {
        var giveWay = new GiveWay(run, sources, settings.yieldAfter(), System::nanoTime);
        return RunWatch.start(run, jobs, ledger, giveWay, settings, System::nanoTime);
    }
}
