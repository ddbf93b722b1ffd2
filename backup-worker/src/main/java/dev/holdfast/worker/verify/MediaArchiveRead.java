package dev.holdfast.worker.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.holdfast.worker.dump.PgClient;
import dev.holdfast.worker.media.MediaTally;
import dev.holdfast.worker.step.StopSignal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Unpacks {@code media.tar.zst} into nothing, entry by entry, checksum included, and compares it with what its maker counted. */
final class MediaArchiveRead implements FullRead {
    private static final String FILE = "media.tar.zst";
    private static final int BUFFER_SIZE = 256 * 1024;

    @Override
    public boolean appliesTo(Path directory) {
        return Files.exists(directory.resolve(FILE), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void run(Path directory, @Nullable PgClient client, StopSignal stop) {
        var archive = directory.resolve(FILE);
        try (var file = new BufferedInputStream(Files.newInputStream(archive), BUFFER_SIZE);
                var zstd = new ZstdInputStreamNoFinalizer(file)) {
            var found = count(zstd, stop);
            var expected = MediaTally.readFrom(archive);
            if (!expected.equals(Optional.of(found))) {
                throw Invalid.artifact(archive, "written: %s, read back: %s".formatted(expected, found));
            }
        } catch (IOException e) {
            throw Invalid.artifact(archive, String.valueOf(e.getMessage()), e);
        }
    }

    private static MediaTally count(InputStream zstd, StopSignal stop) throws IOException {
        var buffer = new byte[BUFFER_SIZE];
        var tar = new TarArchiveInputStream(zstd, ISO_8859_1.name());
        long entries = 0;
        long bytes = 0;
        while (tar.getNextEntry() != null) {
            entries++;
            for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
                stop.check();
                bytes += read;
            }
            stop.check();
        }
        // The last block and its checksum come after what tar has asked for.
        while (zstd.read(buffer) >= 0) {
            stop.check();
        }
        return new MediaTally(entries, bytes);
    }
}
