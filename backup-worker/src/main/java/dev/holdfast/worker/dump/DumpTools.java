package dev.holdfast.worker.dump;

import org.springframework.stereotype.Component;

/** What every dump needs, whatever its plan. */
@Component
record DumpTools(ToolLauncher launcher, DumpFailures failures, Globals globals) {}
