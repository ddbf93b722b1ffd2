package dev.holdfast.worker.verify;

import dev.holdfast.common.event.Artifact;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The bytes of a file that are held against what was recorded of it while they pass. The last of them are given out only when all
 * are the recorded ones, so whoever reads to the end has read what was sealed. Who skips has left that way: a part proves nothing.
 */
public final class ProvenInput extends FilterInputStream {
    private final Artifact recorded;
    private final MessageDigest digest = Sha256.newDigest();
    private long read;
    private boolean whole = true;

    /** @param recorded what the file was when it was sealed */
    public ProvenInput(InputStream file, Artifact recorded) {
        super(file);
        this.recorded = recorded;
    }

    /** @throws ChangedArtifact at the end of bytes that are not the recorded ones */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        if (count > 0 && whole) {
            digest.update(buffer, offset, count);
            read += count;
        }
        if (whole && (count < 0 || read >= recorded.sizeBytes())) {
            requireRecorded();
        }
        return count;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public long skip(long count) throws IOException {
        whole = whole && count <= 0;
        return in.skip(count);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void requireRecorded() {
        whole = false;
        var found = HexFormat.of().formatHex(digest.digest());
        if (read != recorded.sizeBytes() || !found.equals(recorded.sha256())) {
            throw new ChangedArtifact(recorded, "%d bytes with the SHA-256 %s".formatted(read, found));
        }
    }
}
