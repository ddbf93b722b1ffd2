package dev.holdfast.worker.storage;

import dev.holdfast.common.id.BackupId;
import java.nio.file.Path;

/** The private directory of one attempt; gone after {@link #discard} or after the seal. */
public interface Staging {

    BackupId backupId();

    Path directory();

    /** Deletes the directory and all in it; harmless when it is gone already. Never throws: what can't be deleted is logged and swept later. */
    void discard();
}
