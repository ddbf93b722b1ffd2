package dev.holdfast.worker.run;

import com.github.kagkarlsson.scheduler.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Stops this worker's runs before anything else is taken down, so that they can still write that they are queued again. */
@Component
class Drain implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final Scheduler scheduler;
    private final ActiveRuns runs;
    private final RunSettings settings;
    private volatile boolean running;

    Drain(Scheduler scheduler, ActiveRuns runs, RunSettings settings) {
        this.scheduler = scheduler;
        this.runs = runs;
        this.settings = settings;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        LOG.info("letting go of the backups that run here; they are queued again");
        scheduler.pause();
        runs.drain(settings.stopGrace());
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Last to start, first to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
