package dev.holdfast.worker.media;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The pax header with a file's exact time (POSIX.1-2017, pax, "pax Extended Header"). Written here, since the tar library cuts times
 * to 100 ns, and gets the sign of the fraction wrong before 1970.
 */
final class MtimeHeader {
    private static final int NANO_DIGITS = 9;

    private MtimeHeader() {}

    /** Writes nothing for a time that fits the ordinary header. */
    static void write(TarArchiveOutputStream tar, Instant modified) throws IOException {
        if (modified.getNano() == 0) {
            return;
        }
        var header = record(modified).getBytes(US_ASCII);
        var entry = new TarArchiveEntry("././@PaxHeader", TarConstants.LF_PAX_EXTENDED_HEADER_LC, true);
        entry.setSize(header.length);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(header);
        tar.closeArchiveEntry();
    }

    static String record(Instant modified) {
        var time =
                BigDecimal.valueOf(modified.getEpochSecond()).add(BigDecimal.valueOf(modified.getNano(), NANO_DIGITS));
        var rest = " mtime=" + time.toPlainString() + "\n";
        // The number in front counts itself, and has two digits for any time.
        return (rest.length() + 2) + rest;
    }
}
