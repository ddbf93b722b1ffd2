package dev.holdfast.worker.storage;

import java.nio.file.Path;

/**
 * A backup that lies sealed on the volume.
 *
 * @param path its directory, absolute
 */
public record SealedBackup(Path path, Manifest manifest) {}
