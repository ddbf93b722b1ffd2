package dev.holdfast.worker.media;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How much a media archive holds, written behind it by the one who made it, so that whoever reads the archive can tell that it is
 * whole. It stands in a skippable frame (RFC 8878, 3.1.2), which every zstd passes over.
 *
 * @param entries of the tar archive
 * @param bytes of the files in it
 */
public record MediaTally(long entries, long bytes) {
    private static final int SKIPPABLE_MAGIC = 0x184D2A5F;
    private static final int HEADER_LENGTH = 8;
    private static final String FORMAT = "holdfast media entries=%019d bytes=%019d\n";
    private static final Pattern PATTERN = Pattern.compile("holdfast media entries=(\\d{19}) bytes=(\\d{19})\n");
    private static final int TEXT_LENGTH = FORMAT.formatted(0, 0).length();

    void appendTo(OutputStream out) throws IOException {
        var frame = ByteBuffer.allocate(HEADER_LENGTH + TEXT_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(SKIPPABLE_MAGIC).putInt(TEXT_LENGTH);
        frame.put(FORMAT.formatted(entries, bytes).getBytes(US_ASCII));
        out.write(frame.array());
    }

    /** Reads the tally at the end of an archive; empty where there is none. */
    public static Optional<MediaTally> readFrom(Path archive) throws IOException {
        var frame = ByteBuffer.allocate(HEADER_LENGTH + TEXT_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        try (var file = new RandomAccessFile(archive.toFile(), "r")) {
            if (file.length() < frame.capacity()) {
                return Optional.empty();
            }
            file.seek(file.length() - frame.capacity());
            file.readFully(frame.array());
        }
        var text = PATTERN.matcher(new String(frame.array(), HEADER_LENGTH, TEXT_LENGTH, US_ASCII));
        return frame.getInt() == SKIPPABLE_MAGIC && frame.getInt() == TEXT_LENGTH && text.matches()
                ? Optional.of(new MediaTally(Long.parseLong(text.group(1)), Long.parseLong(text.group(2))))
                : Optional.empty();
    }
}
