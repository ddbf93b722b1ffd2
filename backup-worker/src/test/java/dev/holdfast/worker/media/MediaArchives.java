package dev.holdfast.worker.media;

import dev.holdfast.worker.step.StopSignal;
import dev.holdfast.worker.storage.Stores;
import java.nio.file.Path;
import java.util.List;

/** Archives for the tests of other packages. */
public final class MediaArchives {
    private MediaArchives() {}

    public static Path make(Path media, Path directory) {
        new TarZstdMediaArchiver(Stores.at(directory), new MediaSettings(List.of()))
                .archive(List.of(media), directory, bytes -> {}, new RecordingLog(), new StopSignal());
        return directory.resolve("media.tar.zst");
    }
}
