package dev.holdfast.api.console.backups;

import dev.holdfast.api.backup.BackupStatus;
import dev.holdfast.api.backup.BackupView;
import dev.holdfast.api.backup.EarlierBackups.Expectation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a running backup is.
 *
 * @param percent of what runs like it took; absent where there was none
 * @param left until it ends, as runs like it did; absent where there was none, or it takes longer already
 * @param isLonger whether it takes longer than they did
 */
record Progress(
        Duration elapsed,
        @Nullable Integer percent,
        @Nullable Duration left,
        boolean isLonger) {
    private static final int MOST = 99;

    static Optional<Progress> of(BackupView backup, @Nullable Expectation expected, Instant now) {
        if (backup.status() != BackupStatus.RUNNING || backup.startedAt() == null) {
            return Optional.empty();
        }
        var elapsed = Duration.between(backup.startedAt(), now);
        if (elapsed.isNegative()) {
            elapsed = Duration.ZERO;
        }
        if (expected == null) {
            return Optional.of(new Progress(elapsed, null, null, false));
        }
        var left = expected.duration().minus(elapsed);
        long whole = Math.max(1, expected.duration().toMillis());
        int percent = Math.toIntExact(Math.min(MOST, elapsed.toMillis() * 100 / whole));
        return Optional.of(new Progress(elapsed, percent, left.isNegative() ? null : left, left.isNegative()));
    }
}
