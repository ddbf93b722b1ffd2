package dev.holdfast.api.backup;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A backup that nothing was heard of for long.
 *
 * @param request the event of its newest request; absent where that was made before such events were remembered
 */
record UnheardBackup(Backup backup, @Nullable Request request) {

    /** What names an event. */
    record Request(UUID id, Instant time) {}
}
