package dev.holdfast.worker.dump;

import dev.holdfast.worker.step.RunLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log that a test can read: each line with its level in front. */
final class RecordedLog implements RunLog {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void info(String line) {
        lines.add("INFO " + line);
    }

    @Override
    public void warn(String line) {
        lines.add("WARN " + line);
    }

    @Override
    public void error(String line) {
        lines.add("ERROR " + line);
    }

    List<String> lines() {
        return lines;
    }
}
