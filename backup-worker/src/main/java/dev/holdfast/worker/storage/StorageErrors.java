package dev.holdfast.worker.storage;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Turns what the file system says into a failure that somebody can act on. Its detail begins with the error as a tool would
 * print it; then come the element of the path that refuses, who is asking, the mount, and what may be behind it.
 */
public final class StorageErrors {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    private StorageErrors() {}

    /**
     * Classifies an error of the volume that holds the backups.
     *
     * @param path what was worked on; used where the error itself names none
     * @return to be thrown by the caller
     */
    public static BackupException classify(IOException error, Path path) {
        var where = whereOf(error, path);
        var reason = StorageReason.of(error, where);
        var refusal = refusing(error, where);
        return exception(error, reason, where, refusal, factsOf(reason.code(), where, refusal));
    }

    /** The same for an error on the way to a root: remedies then never offer to take over a directory above it. */
    static BackupException classifyBelow(Path root, IOException error) {
        var where = whereOf(error, root);
        var reason = StorageReason.of(error, where);
        var refusal = refusing(error, where);
        var facts = new HashMap<>(factsOf(reason.code(), where, refusal));
        if (!Path.of(facts.get("path")).startsWith(root)) {
            facts.putAll(Refusal.factsOf(root));
        }
        facts.put("root", root.toString());
        return exception(error, reason, where, refusal, facts);
    }

    /** The volume is too small for what is to come. */
    static BackupException noRoom(Path path, long neededBytes, long freeBytes, PromisedRoom promised) {
        var others = promised.backups() == 1 ? "1 other running backup" : promised.backups() + " other running backups";
        var summary = "the backup needs about %s, but %s has only %s free"
                .formatted(size(neededBytes), path, size(freeBytes));
        var detail = "needed: %d bytes (expected size and a fifth), free: %d bytes on %s"
                .formatted(neededBytes, freeBytes, mountOf(path));
        return BackupException.of(
                FailureCode.STORAGE_FULL,
                promised.backups() == 0
                        ? summary
                        : summary + ", of which %s need %s".formatted(others, size(promised.bytes())),
                promised.backups() == 0
                        ? detail
                        : "%s\nexpected of %s: %d bytes".formatted(detail, others, promised.bytes()),
                Refusal.factsOf(path));
    }

    /** What held the backups is not there; what is there must not be written to. */
    static BackupException missing(Path root, String summary, String detail) {
        var facts = new HashMap<>(Refusal.factsOf(root));
        facts.put("root", root.toString());
        var failure =
                Failure.of(FailureCode.STORAGE_MISSING, summary, "%s\nnow: %s".formatted(detail, mountOf(root)), facts);
        return new BackupException(failure, facts, new IOException(summary));
    }

    private static BackupException exception(
            IOException error, StorageReason reason, Path where, Refusal refusal, Map<String, String> facts) {
        var failure = Failure.of(
                reason.code(),
                summary(reason, where, refusal),
                detail(rawLine(error, reason, where), reason, where, refusal),
                facts);
        return new BackupException(failure, facts, error);
    }

    private static Map<String, String> factsOf(FailureCode code, Path where, Refusal refusal) {
        var facts = new HashMap<>(
                switch (code) {
                    case STORAGE_PERMISSION_DENIED, STORAGE_OPERATION_NOT_PERMITTED -> refusal.facts();
                    case STORAGE_MISSING -> Refusal.factsOf(where);
                    default -> Refusal.factsOf(lasting(where));
                });
        facts.put("root", facts.get("path"));
        return facts;
    }

    private static String summary(StorageReason reason, Path where, Refusal refusal) {
        var place = lasting(where);
        return switch (reason.code()) {
            case STORAGE_PERMISSION_DENIED ->
                "%s refuses the user that the worker runs as%s".formatted(refusal.path(), refusal.inShort());
            case STORAGE_OPERATION_NOT_PERMITTED -> "%s forbids what a backup needs".formatted(refusal.path());
            case STORAGE_READ_ONLY -> "%s lies on a read-only mount".formatted(place);
            case STORAGE_FULL -> "there is no room left in %s".formatted(place);
            case STORAGE_INODES_EXHAUSTED -> "there is no inode left in %s".formatted(place);
            case STORAGE_QUOTA_EXCEEDED -> "the quota is used up, there is no room in %s".formatted(place);
            case STORAGE_MISSING -> "%s is missing".formatted(where);
            case STORAGE_SYMBOLIC_LINK -> "%s is a symbolic link where a directory must be".formatted(place);
            case STORAGE_NOT_A_DIRECTORY -> "%s is no directory".formatted(place);
            default -> "%s can't be used: %s".formatted(place, reason.words());
        };
    }

    private static String detail(String rawLine, StorageReason reason, Path where, Refusal refusal) {
        var mount = Mount.of(where);
        var lines = new ArrayList<String>();
        lines.add(rawLine);
        switch (reason.code()) {
            case STORAGE_PERMISSION_DENIED, STORAGE_OPERATION_NOT_PERMITTED -> lines.add(refusal.words());
            case STORAGE_FULL, STORAGE_INODES_EXHAUSTED -> lines.add(whatRanOut(reason.code(), where));
            case STORAGE_QUOTA_EXCEEDED -> lines.add("the quota of %s is used up".formatted(user()));
            default -> {}
        }
        lines.add(mountOf(where));
        Suspicions.of(reason.code(), mount).forEach(suspicion -> lines.add("perhaps: " + suspicion));
        return String.join("\n", lines);
    }

    /** The error as the tools print it, for those who search for these words. */
    private static String rawLine(IOException error, StorageReason reason, Path where) {
        var other = otherFile(error);
        if (other.isPresent()) {
            return "error: could not rename \"%s\" to \"%s\": %s".formatted(where, other.get(), reason.words());
        }
        var verb = Files.exists(where, LinkOption.NOFOLLOW_LINKS) ? "write" : "create";
        return "error: could not %s \"%s\": %s".formatted(verb, where, reason.words());
    }

    private static String whatRanOut(FailureCode code, Path where) {
        var free = StorageReason.freeBytes(where);
        if (code == FailureCode.STORAGE_INODES_EXHAUSTED) {
            return "%s are free, so it has run out of inodes (see df -i)"
                    .formatted(free.map(StorageErrors::size).orElse("some bytes"));
        }
        return free.map(bytes -> bytes + " bytes are free").orElse("the free space can't be read")
                + " (see df -h, df -i)";
    }

    /** What people can look at: a file that could not be made is not there, and a probe is gone in a moment. */
    private static Path lasting(Path where) {
        var lasting = Refusal.nearestExisting(where);
        for (var element = lasting; element.getParent() != null; element = element.getParent()) {
            if (StorageProbe.isProbe(element)) {
                lasting = element.getParent();
            }
        }
        return lasting;
    }

    private static String user() {
        return ProcessIdentity.current().map(who -> "uid " + who.uid()).orElse("this user");
    }

    private static Path whereOf(IOException error, Path path) {
        return error instanceof FileSystemException named && named.getFile() != null ? Path.of(named.getFile()) : path;
    }

    private static Optional<String> otherFile(IOException error) {
        return Optional.ofNullable(error instanceof FileSystemException named ? named.getOtherFile() : null);
    }

    /** A rename names two places; the one to mend is the one that can't be written. */
    private static Refusal refusing(IOException error, Path where) {
        var first = Refusal.toWrite(where);
        return otherFile(error)
                .filter(other -> Files.isWritable(first.path()))
                .map(other -> Refusal.toWrite(Path.of(other)))
                .orElse(first);
    }

    private static String mountOf(Path path) {
        return "mount " + Mount.of(path).map(Mount::toString).orElse("unknown");
    }

    /** In whole units, so that what is needed and what is free differ visibly where they differ by little. */
    private static String size(long bytes) {
        return bytes < 10 * MIB
                ? String.format(Locale.ROOT, "%,d KiB", (bytes + KIB - 1) / KIB)
                : String.format(Locale.ROOT, "%,d MiB", (bytes + MIB - 1) / MIB);
    }
}
