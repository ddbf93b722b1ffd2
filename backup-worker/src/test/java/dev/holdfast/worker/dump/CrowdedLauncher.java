package dev.holdfast.worker.dump;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Starts nothing, as on a machine that has no process left. */
public final class CrowdedLauncher extends ToolLauncher {
    @Override
    public Process start(List<String> command, Map<String, String> environment, ProcessBuilder.Redirect output)
            throws IOException {
        throw new IOException(
                "Cannot run program \"%s\": error=11, Resource temporarily unavailable".formatted(command.getFirst()));
    }
}
