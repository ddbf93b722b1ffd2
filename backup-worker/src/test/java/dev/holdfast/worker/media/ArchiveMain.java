package dev.holdfast.worker.media;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.worker.step.StopSignal;
import dev.holdfast.worker.storage.ProbeMain;
import dev.holdfast.worker.storage.Stores;
import java.nio.file.Path;
import java.util.List;

/** Archives a media directory and prints the failure, for tests that run it as another user. */
public final class ArchiveMain {
    private ArchiveMain() {}

    public static void main(String[] arguments) {
        var output = Path.of(arguments[1]);
        try {
            new TarZstdMediaArchiver(Stores.at(output), new MediaSettings(List.of()))
                    .archive(List.of(Path.of(arguments[0])), output, bytes -> {}, new RecordingLog(), new StopSignal());
            System.out.println("archived");
        } catch (BackupException e) {
            ProbeMain.print(e);
        }
    }
}
