package dev.holdfast.api.source;

import dev.holdfast.common.id.SourceId;

/** What sources must know of those who use them. */
public interface SourceUse {
    /** Whether a backup of the source has not ended. */
    boolean isBusy(SourceId source);
}
