package dev.holdfast.worker.storage;

import dev.holdfast.common.id.Uuids;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The file in the root that says which volume this is; an empty one is a person's word that this is the right place. */
final class VolumeMarker {
    private static final String NAME = ".holdfast-volume";
    private static final int LONGEST = 200;

    private VolumeMarker() {}

    /** What the marker says; empty where there is none. */
    static Optional<String> read(Path root) throws IOException {
        var file = root.resolve(NAME);
        try (var input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(new String(input.readNBytes(LONGEST), StandardCharsets.UTF_8).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Gives a volume its id, unless another worker was faster. */
    static String write(Path root, boolean replace) throws IOException {
        var id = Uuids.next().toString();
        var draft = root.resolve(NAME + "." + id);
        try {
            Files.writeString(draft, id + "\n");
            Modes.set(draft, Modes.FILE);
            Fsync.of(draft);
            publish(draft, root.resolve(NAME), replace);
            Fsync.of(root);
        } finally {
            Files.deleteIfExists(draft);
        }
        return read(root).orElse(id);
    }

    private static void publish(Path draft, Path file, boolean replace) throws IOException {
        if (replace) {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        try {
            // Unlike a rename, a link never replaces what another worker has put there meanwhile.
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (IOException | UnsupportedOperationException e) {
            // Some shares know no links; there two workers may write one after the other, which does no harm.
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
