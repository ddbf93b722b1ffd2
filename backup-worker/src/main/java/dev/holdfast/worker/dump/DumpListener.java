package dev.holdfast.worker.dump;

/** Hears how a dump comes along. Called often: must be quick, and may be called from another thread. */
public interface DumpListener {

    /** @param bytesWritten to the volume so far, never less than before */
    void progressed(long bytesWritten, int tablesDone);
}
