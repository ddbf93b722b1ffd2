package dev.holdfast.worker.dump;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How dumps are taken.
 *
 * @param clientDirectories searched for PostgreSQL clients before PATH and the usual places
 * @param parallelFrom the size of a database from which several processes pay
 * @param maxJobs how many of them at most, whatever the number of cores
 * @param lockWaitTimeout how long pg_dump waits for a lock on a table
 * @param zstdLevel of a dump by one process; {@code parallelZstdLevel} is that of several, where compression is what takes the time
 * @param runDirectory holds the private directories with passwords, one for each run; not on the backup volume. The system's
 *     directory for temporary files where none is given
 */
@ConfigurationProperties("holdfast.dump")
record DumpSettings(
        @DefaultValue({}) List<Path> clientDirectories,
        @DefaultValue("256MB") DataSize parallelFrom,
        @DefaultValue("8") int maxJobs,
        @DefaultValue("60s") Duration lockWaitTimeout,
        @DefaultValue("3") int zstdLevel,
        @DefaultValue("1") int parallelZstdLevel,
        @Nullable Path runDirectory) {

    DumpSettings {
        if (maxJobs < 1) {
            throw new IllegalArgumentException("holdfast.dump.max-jobs must be at least 1: " + maxJobs);
        }
        if (lockWaitTimeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "holdfast.dump.lock-wait-timeout must be at least 1ms: " + lockWaitTimeout);
        }
        requireZstdLevel("zstd-level", zstdLevel);
        requireZstdLevel("parallel-zstd-level", parallelZstdLevel);
    }

    Path privateRoot() {
        return runDirectory == null ? Path.of(System.getProperty("java.io.tmpdir")) : runDirectory;
    }

    private static void requireZstdLevel(String key, int level) {
        if (level < 1 || level > 22) {
            throw new IllegalArgumentException("holdfast.dump." + key + " must be between 1 and 22: " + level);
        }
    }
}
