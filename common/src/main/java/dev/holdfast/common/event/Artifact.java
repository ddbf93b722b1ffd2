package dev.holdfast.common.event;

/**
 * One file of a sealed backup.
 *
 * @param file its path within the backup's directory, with {@code /} between parts
 * @param sha256 of its bytes, 64 lower-case hex digits
 */
public record Artifact(String file, long sizeBytes, String sha256) {}
