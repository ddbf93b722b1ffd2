package dev.holdfast.worker.dump;

import dev.holdfast.worker.dump.archive.BrokenArchiveException;
import dev.holdfast.worker.dump.archive.DirectoryRepacker;
import dev.holdfast.worker.step.StopSignal;
import dev.holdfast.worker.storage.StorageErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A directory that the worker makes of one uncompressed stream, compressing on every core what the tool would on one. */
final class RepackSink implements DumpSink {
    private final Path directory;
    private @Nullable BrokenArchiveException broken;

    RepackSink(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<String> arguments() {
        return List.of("--format=custom", "--compress=0");
    }

    @Override
    public void receive(RunningTool tool, DumpProgress progress, StopSignal stop) {
        try {
            new DirectoryRepacker().repack(tool.output(), directory, (bytes, tables) -> progress.written(bytes), stop);
        } catch (BrokenArchiveException e) {
            broken = e;
            readToEnd(tool.output(), stop);
        } catch (IOException e) {
            throw StorageErrors.classify(e, directory);
        }
    }

    @Override
    public Optional<String> flaw() {
        if (broken != null) {
            return Optional.of("its output is no whole archive: " + broken.getMessage());
        }
        return Files.exists(directory.resolve("toc.dat")) ? Optional.empty() : Optional.of("it wrote nothing");
    }

    /** Lets the tool end by itself, so that its exit code tells what a broken pipe would hide. */
    private static void readToEnd(InputStream output, StopSignal stop) {
        try {
            output.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            stop.check();
        }
    }
}
