package dev.holdfast.worker.storage;

/**
 * Room that is free and yet not to be had: backups that run already are expected to fill it.
 *
 * @param backups how many they are
 * @param bytes what they are still going to write, all together
 */
public record PromisedRoom(int backups, long bytes) {
    public static final PromisedRoom NONE = new PromisedRoom(0, 0);
}
