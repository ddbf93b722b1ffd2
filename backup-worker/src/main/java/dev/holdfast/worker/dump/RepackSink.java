package dev.holdfast.worker.dump;

import dev.holdfast.worker.run.StopSignal;
import java.nio.file.Path;
import java.util.List;

record RepackSink(Path directory, int threads) implements DumpSink {
    @Override
    public List<String> arguments() {
        return List.of("--format=custom", "--compress=0");
    }

    @Override
    public void receive(RunningTool tool, DumpProgress progress, StopSignal stop) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path essential() {
        return directory.resolve("toc.dat");
    }
}
