package dev.holdfast.worker.dump;

import dev.holdfast.worker.dump.archive.ArchiveVersion;
import dev.holdfast.worker.source.ServerFacts;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Chooses the fastest way that a client knows and that a database is worth. */
@Component
class DumpPlans {
    private static final String GZIP = "6";
    private static final String NONE = "0";
    /**
     * Each file of a directory is an artifact of its own in the event that tells of the backup: 145 bytes of JSON of the 1 MiB that
     * an event may have, with room for what else it holds and for what is created until the dump begins.
     */
    private static final long MOST_FILES = 5_000;

    /** Its data, and a table of contents for each owner and set of rights: from client 17 on, that may be one for each. */
    private static final long FILES_OF_LARGE_OBJECT = 2;

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
        var directory = suitsDirectory(request.facts());
        if (directory && jobs > 1 && ArchiveVersion.writtenBy(client.majorVersion())) {
            return new DumpPlan(DumpPlan.Way.REPACKED, jobs, NONE);
        }
        var zstd = probe.knowsZstd(client);
        var parallel = Math.min(jobs, request.facts().tableCount());
        return directory && parallel > 1
                ? new DumpPlan(DumpPlan.Way.PARALLEL, parallel, zstd ? "zstd:" + settings.parallelZstdLevel() : GZIP)
                : new DumpPlan(DumpPlan.Way.STREAM, 1, zstd ? "zstd:" + settings.zstdLevel() : GZIP);
    }

    /** Worth a directory, and fit for one. */
    private boolean suitsDirectory(ServerFacts facts) {
        return facts.databaseSizeBytes() >= settings.parallelFrom().toBytes()
                && facts.tableCount() + FILES_OF_LARGE_OBJECT * facts.largeObjectCount() <= MOST_FILES;
    }
}
