package dev.holdfast.worker.dump;

import dev.holdfast.worker.step.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where a dump goes, which decides how the tool is asked for it. */
interface DumpSink {

    static DumpSink of(DumpPlan plan, Path directory) {
        return switch (plan.way()) {
            case STREAM -> new StreamSink(directory.resolve("database.dump"), plan.compression());
            case PARALLEL -> new ParallelSink(directory.resolve("database"), plan.jobs(), plan.compression());
            case REPACKED -> new RepackSink(directory.resolve("database"));
        };
    }

    /** What the tool is told about its output. */
    List<String> arguments();

    /**
     * Takes all of the tool's output, and reports how it comes along; returns at its end, which may be a failed one.
     *
     * @throws dev.holdfast.common.failure.BackupException STORAGE_*, or the reason of {@code stop}
     */
    void receive(RunningTool tool, DumpProgress progress, StopSignal stop) throws InterruptedException;

    /** Why what was received is no dump, though the tool ended well; empty where it is one. */
    Optional<String> flaw();

    /** Whether a file that every dump has is there and holds something. */
    static boolean isFilled(Path file) {
        try {
            return Files.size(file) > 0;
        } catch (IOException e) {
            return false;
        }
    }
}
