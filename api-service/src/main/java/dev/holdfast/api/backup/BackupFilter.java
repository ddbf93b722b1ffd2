package dev.holdfast.api.backup;

import org.jspecify.annotations.Nullable;

/**
 * Which backups are wanted.
 *
 * @param source an id, or a name: of a source there is, or that a backup's source had
 * @param text words that name or description has; each may be the beginning of a word
 */
public record BackupFilter(
        @Nullable String source,
        @Nullable BackupStatus status,
        @Nullable String text) {}
