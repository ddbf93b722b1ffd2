package dev.holdfast.worker.media;

import dev.holdfast.worker.step.RunLog;
import java.util.ArrayList;
import java.util.List;

/** Keeps the lines of a run. */
final class RecordingLog implements RunLog {
    final List<String> infos = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();

    @Override
    public void info(String line) {
        infos.add(line);
    }

    @Override
    public void warn(String line) {
        warnings.add(line);
    }

    @Override
    public void error(String line) {
        throw new AssertionError(line);
    }
}
