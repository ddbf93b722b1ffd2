package dev.holdfast.worker.dump.archive;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.step.StopSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Reads a directory of {@link DirectoryRepacker} through to the last byte: every entry with data has its file, no file is left over,
 * and every file unpacks to what was packed. pg_restore itself would notice a cut file only while it restores.
 */
public final class GzipDirectoryCheck {
    private static final String TOC = "toc.dat";
    /** RFC 1952, 2.3.1: deflate, and no flags, so no extra field. */
    private static final byte[] PLAIN_GZIP = {0x1f, (byte) 0x8b, 8, 0};

    private final int threads;
    private final Supplier<DeflateCodec> codecs;

    /** On every core of this machine, up to eight. */
    public GzipDirectoryCheck() {
        this(ChunkCrew.threadsOfThisMachine());
    }

    /** @param threads that uncompress, at least 1; each needs about 3 MB */
    public GzipDirectoryCheck(int threads) {
        this(threads, DeflateCodec::create);
    }

    GzipDirectoryCheck(int threads, Supplier<DeflateCodec> codecs) {
        this.threads = threads;
        this.codecs = codecs;
    }

    /**
     * Whether this check is the one that can judge a directory: any of its compressed files begins otherwise than {@code pg_dump}
     * begins them. A damaged beginning counts as such a file, for {@code pg_restore} copies what is no gzip as if it were plain.
     */
    public static boolean appliesTo(Path databaseDirectory) throws IOException {
        try (var files = Files.newDirectoryStream(databaseDirectory, "*.dat.gz")) {
            for (var file : files) {
                if (!beginsAsTheToolWould(file)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean beginsAsTheToolWould(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            return Arrays.equals(stream.readNBytes(PLAIN_GZIP.length), PLAIN_GZIP);
        }
    }

    /**
     * Reads everything.
     *
     * @throws BackupException ARTIFACT_INVALID, or the reason of {@code stop}
     * @throws IOException where the volume fails
     */
    public void verify(Path databaseDirectory, StopSignal stop) throws IOException {
        try {
            var plain = new HashSet<>(Set.of(TOC));
            var compressed = new TreeSet<String>();
            collect(databaseDirectory, plain, compressed);
            requireNoMore(databaseDirectory, plain, compressed);
            try (var files = new GzipFilesReader(threads, codecs, stop)) {
                for (var name : compressed) {
                    files.read(databaseDirectory.resolve(name));
                }
                files.finish();
            }
        } catch (BrokenArchiveException e) {
            throw invalid(databaseDirectory, String.valueOf(e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw invalid(databaseDirectory, "a file is missing: " + e.getFile(), e);
        }
    }

    private static void collect(Path directory, Set<String> plain, Set<String> compressed) throws IOException {
        for (var entry : readContents(directory.resolve(TOC)).values()) {
            if (entry.isLargeObjects()) {
                plain.add(entry.fileName());
                collectLargeObjects(directory.resolve(entry.fileName()), compressed);
            } else {
                compressed.add(entry.fileName() + ".gz");
            }
        }
    }

    private static Map<Integer, TocEntry> readContents(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            var in = new ArchiveInput(stream);
            ArchiveHeader.readDirectory(in);
            return TableOfContents.readDirectory(in).withData();
        }
    }

    private static void collectLargeObjects(Path list, Set<String> compressed) throws IOException {
        try (var lines = Files.newBufferedReader(list, StandardCharsets.US_ASCII)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                var number = line.substring(0, Math.max(space, 0));
                if (number.isEmpty() || !line.equals("%s blob_%s.dat".formatted(number, number))) {
                    throw new BrokenArchiveException("not a large object's line: " + line);
                }
                compressed.add("blob_" + number + ".dat.gz");
            }
        }
    }

    private static void requireNoMore(Path directory, Set<String> plain, Set<String> compressed) throws IOException {
        try (var present = Files.newDirectoryStream(directory)) {
            for (var file : present) {
                var name = file.getFileName().toString();
                if (!plain.contains(name) && !compressed.contains(name)) {
                    throw new BrokenArchiveException("the table of contents does not know the file " + name);
                }
            }
        }
    }

    private static BackupException invalid(Path directory, String detail, IOException cause) {
        return new BackupException(
                Failure.of(
                        FailureCode.ARTIFACT_INVALID,
                        "the archive in %s does not read back whole".formatted(directory.getFileName()),
                        detail,
                        Map.of()),
                cause);
    }
}
