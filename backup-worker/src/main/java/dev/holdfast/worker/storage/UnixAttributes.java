package dev.holdfast.worker.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

/**
 * What stat(2) says of a file: Java's own attributes leave out the numbers of owner and group.
 *
 * @param mode permission bits with set-uid, set-gid and sticky
 * @param links how many names the file has
 * @param key the same for two names of one file
 */
public record UnixAttributes(
        long uid, long gid, int mode, int links, long size, FileTime modified, Object key, Kind kind) {
    private static final int PERMISSIONS = 0xFFF;

    /** Not all there is: owner and group by name cost a look-up each. */
    private static final String WANTED =
            "uid,gid,mode,nlink,size,lastModifiedTime,fileKey,isRegularFile,isDirectory,isSymbolicLink";

    /** What sort of file it is. */
    public enum Kind {
        REGULAR,
        DIRECTORY,
        SYMBOLIC_LINK,
        /** A pipe, socket or device. */
        OTHER
    }

    /**
     * Reads them in one system call.
     *
     * @throws IOException as the system says
     */
    public static UnixAttributes read(Path path, LinkOption... options) throws IOException {
        var all = Files.readAttributes(path, "unix:" + WANTED, options);
        return new UnixAttributes(
                Integer.toUnsignedLong(number(all, "uid")),
                Integer.toUnsignedLong(number(all, "gid")),
                number(all, "mode") & PERMISSIONS,
                number(all, "nlink"),
                value(all, "size", Long.class),
                value(all, "lastModifiedTime", FileTime.class),
                value(all, "fileKey", Object.class),
                kind(all));
    }

    private static Kind kind(Map<String, Object> all) {
        if (value(all, "isRegularFile", Boolean.class)) {
            return Kind.REGULAR;
        }
        if (value(all, "isDirectory", Boolean.class)) {
            return Kind.DIRECTORY;
        }
        return value(all, "isSymbolicLink", Boolean.class) ? Kind.SYMBOLIC_LINK : Kind.OTHER;
    }

    private static int number(Map<String, Object> all, String name) {
        return value(all, name, Integer.class);
    }

    private static <T> T value(Map<String, Object> all, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(all.get(name), name));
    }
}
