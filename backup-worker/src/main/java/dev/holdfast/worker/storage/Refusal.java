package dev.holdfast.worker.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/**
 * The first element of a path that refuses this process: the one that somebody has to mend, which is often not the one that the
 * system's error names.
 */
public record Refusal(Path path) {

    /** Looks where writing to a path fails; the path itself need not exist. */
    public static Refusal toWrite(Path path) {
        return find(path, true);
    }

    /** Looks where reading a path fails. */
    public static Refusal toRead(Path path) {
        return find(path, false);
    }

    /** Who owns the element and who is asking, for a failure's detail. */
    public String words() {
        var asking = ProcessIdentity.current().map(who -> "; the worker runs as " + who);
        return owner() + asking.orElse("");
    }

    /** Values for the placeholders of remedies: path, uid, gid, mount. */
    public Map<String, String> facts() {
        return factsOf(path);
    }

    /** The same for a path that is not known to refuse. */
    public static Map<String, String> factsOf(Path path) {
        var facts = new HashMap<String, String>();
        facts.put("path", path.toString());
        ProcessIdentity.current().ifPresent(who -> {
            facts.put("uid", who.uid());
            facts.put("gid", who.gid());
        });
        Mount.of(path).ifPresent(mount -> facts.put("mount", mount.point().toString()));
        return facts;
    }

    static Path nearestExisting(Path path) {
        var existing = path.toAbsolutePath();
        while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        return existing;
    }

    private static Refusal find(Path path, boolean write) {
        var absolute = path.toAbsolutePath().normalize();
        var current = absolute.getRoot();
        for (var name : absolute) {
            var next = current.resolve(name);
            if (!Files.isExecutable(current) || !Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                return new Refusal(current);
            }
            current = next;
        }
        var allowed = Files.isReadable(current) && (!write || Files.isWritable(current));
        var searchable = !Files.isDirectory(current) || Files.isExecutable(current);
        var parent = current.getParent();
        // Whoever may use the file itself and is refused wanted to rename or delete it: that is up to its directory.
        return new Refusal(
                write && allowed && searchable && parent != null && !Files.isWritable(parent) ? parent : current);
    }

    /** Owner, mode and asker in a few words, for a summary; empty where they can't be told. */
    String inShort() {
        try {
            var attributes = UnixAttributes.read(path);
            return ProcessIdentity.current()
                    .map(who -> " (uid %s): it belongs to %d:%d with mode %04o"
                            .formatted(who.uid(), attributes.uid(), attributes.gid(), attributes.mode()))
                    .orElse("");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }

    private String owner() {
        try {
            var attributes = UnixAttributes.read(path);
            var names = Files.readAttributes(path, PosixFileAttributes.class);
            return "%s is owned by %s:%s (%s:%s) with mode %04o (%s)"
                    .formatted(
                            path,
                            attributes.uid(),
                            attributes.gid(),
                            names.owner().getName(),
                            names.group().getName(),
                            attributes.mode(),
                            PosixFilePermissions.toString(names.permissions()));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return path + " does not tell its owner";
        }
    }
}
