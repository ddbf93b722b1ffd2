package dev.holdfast.worker.dump;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Chooses the fastest way that a client knows and that a database is worth. */
@Component
class DumpPlans {
    private static final String GZIP = "6";
    private static final String NONE = "0";

    private final DumpSettings settings;
    private final ClientProbe probe;
    private final int cores;

    @Autowired
    DumpPlans(DumpSettings settings, ClientProbe probe) {
        this(settings, probe, Runtime.getRuntime().availableProcessors());
    }

    DumpPlans(DumpSettings settings, ClientProbe probe, int cores) {
        this.settings = settings;
        this.probe = probe;
        this.cores = cores;
    }

    DumpPlan planFor(DumpRequest request) {
        var jobs = Math.min(cores, settings.maxJobs());
        var isBig =
                request.facts().databaseSizeBytes() >= settings.parallelFrom().toBytes();
        if (!probe.knowsZstd(request.client())) {
            return isBig && jobs > 1
                    ? new DumpPlan(DumpPlan.Way.REPACKED, jobs, NONE)
                    : new DumpPlan(DumpPlan.Way.STREAM, 1, GZIP);
        }
        var parallel = Math.min(jobs, request.facts().tableCount());
        return isBig && parallel > 1
                ? new DumpPlan(DumpPlan.Way.PARALLEL, parallel, "zstd:" + settings.parallelZstdLevel())
                : new DumpPlan(DumpPlan.Way.STREAM, 1, "zstd:" + settings.zstdLevel());
    }
}
