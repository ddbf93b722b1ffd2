package dev.holdfast.worker.dump;

import dev.holdfast.worker.run.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where a dump goes, which decides how the tool is asked for it. */
interface DumpSink {

    static DumpSink of(DumpPlan plan, Path directory) {
        return switch (plan.way()) {
            case STREAM -> new StreamSink(directory.resolve("database.dump"), plan.compression());
            case PARALLEL -> new ParallelSink(directory.resolve("database"), plan.jobs(), plan.compression());
            case REPACKED -> new RepackSink(directory.resolve("database"), plan.jobs());
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

    /** The file without which the output is none, for a tool that ends well and has written nothing. */
    Path essential();

    default boolean hasContent() {
        try {
            return Files.size(essential()) > 0;
        } catch (IOException e) {
            return false;
        }
    }
}
