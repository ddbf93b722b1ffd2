package dev.holdfast.worker.dump;

import dev.holdfast.worker.dump.archive.ArchiveVersion;
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
        var client = request.client();
        var jobs = Math.min(cores, settings.maxJobs());
        var isBig =
                request.facts().databaseSizeBytes() >= settings.parallelFrom().toBytes();
        if (isBig && jobs > 1 && ArchiveVersion.writtenBy(client.majorVersion())) {
            return new DumpPlan(DumpPlan.Way.REPACKED, jobs, NONE);
        }
        var zstd = probe.knowsZstd(client);
        var parallel = Math.min(jobs, request.facts().tableCount());
        return isBig && parallel > 1
                ? new DumpPlan(DumpPlan.Way.PARALLEL, parallel, zstd ? "zstd:" + settings.parallelZstdLevel() : GZIP)
                : new DumpPlan(DumpPlan.Way.STREAM, 1, zstd ? "zstd:" + settings.zstdLevel() : GZIP);
    }
}
