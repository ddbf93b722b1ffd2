package dev.holdfast.worker.dump;

import dev.holdfast.worker.step.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A directory that several processes of the tool write themselves; the worker watches it grow. */
record ParallelSink(Path directory, int jobs, String compression) implements DumpSink {
    private static final long LOOK_MILLIS = 500;

    /** Without --no-sync each file would be fsynced twice: the seal does it for all. */
    @Override
    public List<String> arguments() {
        return List.of(
                "--format=directory",
                "--jobs=" + jobs,
                "--compress=" + compression,
                "--no-sync",
                "--file=" + directory);
    }

    @Override
    public void receive(RunningTool tool, DumpProgress progress, StopSignal stop) throws InterruptedException {
        while (!tool.endsWithin(LOOK_MILLIS)) {
            progress.written(size());
        }
        progress.written(size());
    }

    /** The table of contents is written last. */
    @Override
    public Optional<String> flaw() {
        return DumpSink.isFilled(directory.resolve("toc.dat"))
                ? Optional.empty()
                : Optional.of("it wrote no table of contents");
    }

    private long size() {
        try (var files = Files.list(directory)) {
            return files.mapToLong(ParallelSink::size).sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
