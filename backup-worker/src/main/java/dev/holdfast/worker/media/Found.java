package dev.holdfast.worker.media;

import dev.holdfast.worker.storage.UnixAttributes;
import java.nio.file.Path;

/**
 * Something that was found in a media directory.
 *
 * @param name in the archive, see {@link RawName}
 */
record Found(Path path, String name, UnixAttributes attributes) {}
