package dev.holdfast.worker.dump;

import dev.holdfast.worker.step.StopSignal;
import dev.holdfast.worker.storage.StorageErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** One file, written by the worker from the tool's standard output: the pipe holds the tool back while the disk is slow. */
record StreamSink(Path file, String compression) implements DumpSink {
    private static final int BUFFER = 256 * 1024;

    @Override
    public List<String> arguments() {
        return List.of("--format=custom", "--compress=" + compression);
    }

    @Override
    public void receive(RunningTool tool, DumpProgress progress, StopSignal stop) {
        try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            copy(tool, out, progress, stop);
        } catch (IOException e) {
            throw StorageErrors.classify(e, file);
        }
    }

    @Override
    public Optional<String> flaw() {
        return DumpSink.isFilled(file) ? Optional.empty() : Optional.of("it wrote nothing");
    }

    private static void copy(RunningTool tool, OutputStream out, DumpProgress progress, StopSignal stop)
            throws IOException {
        var buffer = new byte[BUFFER];
        var total = 0L;
        for (var read = read(tool.output(), buffer, stop); read >= 0; read = read(tool.output(), buffer, stop)) {
            out.write(buffer, 0, read);
            total += read;
            progress.written(total);
        }
    }

    /** A pipe that breaks is the tool's end, not the volume's: its exit code tells more. */
    private static int read(InputStream in, byte[] buffer, StopSignal stop) {
        stop.check();
        try {
            return in.read(buffer);
        } catch (IOException e) {
            stop.check();
            return -1;
        }
    }
}
