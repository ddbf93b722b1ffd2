package dev.holdfast.worker.dump;

import dev.holdfast.worker.step.RunLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What a tool says on its standard error: handed to the log line by line, and its complaints kept for the diagnosis. A tool or a
 * server gone mad can fill neither the memory nor the log.
 */
final class ToolLines {
    private static final int LONGEST_LINE = 4_000;
    private static final int MOST_LINES = 50_000;
    private static final int LAST_WORDS = 5;
    private static final int LONGEST_COMPLAINT = 16_000;

    private final RunLog log;
    private final Consumer<String> listener;
    private final StringBuilder complaint = new StringBuilder();
    private final Deque<String> last = new ArrayDeque<>();
    private int lines;

    /** @param listener hears each line too, for its progress */
    ToolLines(RunLog log, Consumer<String> listener) {
        this.log = log;
        this.listener = listener;
    }

    /** Reads to the end; bytes that are no UTF-8 become replacement characters. */
    void drain(InputStream errors) throws IOException {
        try (var reader = new InputStreamReader(errors, StandardCharsets.UTF_8)) {
            readLines(reader);
        }
    }

    /** From the first error on, all that the tool said; where it named no error, its last words. */
    synchronized String complaint() {
        return complaint.isEmpty()
                ? String.join("\n", last)
                : complaint.toString().strip();
    }

    private void readLines(Reader reader) throws IOException {
        var buffer = new char[8 * 1024];
        var line = new StringBuilder();
        for (var read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
            for (var i = 0; i < read; i++) {
                if (buffer[i] == '\n') {
                    accept(line.toString());
                    line.setLength(0);
                } else if (line.length() < LONGEST_LINE) {
                    line.append(buffer[i]);
                }
            }
        }
        if (!line.isEmpty()) {
            accept(line.toString());
        }
    }

    private synchronized void accept(String line) {
        listener.accept(line);
        last.addLast(line);
        if (last.size() > LAST_WORDS) {
            last.removeFirst();
        }
        lines++;
        var isError = line.contains(": error: ");
        if ((isError || !complaint.isEmpty()) && complaint.length() < LONGEST_COMPLAINT) {
            complaint.append(line).append('\n');
        }
        if (lines == MOST_LINES) {
            log.warn("the tool says too much: from here on only its errors are noted");
        }
        if (isError) {
            log.error(line);
        } else if (lines < MOST_LINES && line.contains(": warning: ")) {
            log.warn(line);
        } else if (lines < MOST_LINES) {
            log.info(line);
        }
    }
}
