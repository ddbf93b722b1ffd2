package dev.holdfast.worker.storage;

import dev.holdfast.common.id.BackupId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The names of directories on the volume. Names of sources are anything that people type; these are safe everywhere. */
final class BackupNames {
    private static final int MAX_LENGTH = 60;
    private static final int HASH_LENGTH = 12;
    private static final int SHORT_ID_LENGTH = 8;

    /** Names that stand for themselves; lower case, since some file systems take {@code Shop} and {@code shop} for one. */
    private static final Pattern SAFE = Pattern.compile("[a-z0-9_](?:[a-z0-9._-]{0,58}[a-z0-9_-])?");

    /** A name that could be taken for the replacement of another one. */
    private static final Pattern HASHED = Pattern.compile(".*-[0-9a-f]{%d}".formatted(HASH_LENGTH));

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private BackupNames() {}

    /** The directory of a source: its name where that is safe, else what is left of it and a hash of the whole name. */
    static String ofSource(String sourceName) {
        if (SAFE.matcher(sourceName).matches() && !HASHED.matcher(sourceName).matches()) {
            return sourceName;
        }
        var replaced = sourceName.replaceAll("[^A-Za-z0-9._-]+", "_").replaceFirst("^[.-]", "_");
        var kept = replaced.substring(0, Math.min(replaced.length(), MAX_LENGTH - HASH_LENGTH - 1));
        return (kept.isEmpty() ? "_" : kept) + "-" + hash(sourceName);
    }

    /** The directory of one backup within its source's, and the names to take instead, in turn, if there is such a one already. */
    static List<String> ofBackup(String sourceName, Instant startedAt, BackupId id) {
        var stem = "%s_backup_%s_".formatted(ofSource(sourceName), TIMESTAMP.format(startedAt));
        var digits = digits(id);
        return IntStream.iterate(SHORT_ID_LENGTH, length -> length <= digits.length(), length -> length * 2)
                .mapToObj(length -> stem + digits.substring(digits.length() - length))
                .toList();
    }

    /** Whether a directory of this name may hold that backup. */
    static boolean mayHold(String directoryName, BackupId id) {
        var digits = digits(id);
        return directoryName.endsWith(digits.substring(digits.length() - SHORT_ID_LENGTH));
    }

    /** The id's digits. Their end is what tells backups apart: a UUIDv7 begins with the time and ends with 62 random bits. */
    private static String digits(BackupId id) {
        return id.toString().replace("-", "");
    }

    private static String hash(String name) {
        // Each UTF-16 unit as it is: encoders make all unpaired surrogates the same.
        var units = ByteBuffer.allocate(name.length() * Character.BYTES);
        units.asCharBuffer().put(name);
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(units.array());
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
