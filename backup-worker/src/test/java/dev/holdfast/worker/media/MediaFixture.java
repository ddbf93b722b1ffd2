package dev.holdfast.worker.media;

import dev.holdfast.worker.storage.BackupStore;
import java.util.List;

/** What other packages' tests need of this one. */
public final class MediaFixture {
    private MediaFixture() {}

    /** With no directory to leave out but that of the backups. */
    public static MediaRoots roots(BackupStore store) {
        return new MediaRoots(store, new MediaSettings(List.of()));
    }
}
