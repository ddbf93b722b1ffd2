package dev.holdfast.worker.dump;

import java.util.Map;

/** The environment that a tool starts with: built from nothing, so that nothing of the worker's own leaks or interferes. */
final class ToolEnvironment {
    private ToolEnvironment() {}

    /** Messages in English, because they are read by programs too. */
    static Map<String, String> minimal() {
        return Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C", "LC_MESSAGES", "C", "LANG", "C");
    }
}
