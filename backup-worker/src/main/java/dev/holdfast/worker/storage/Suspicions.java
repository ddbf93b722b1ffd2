package dev.holdfast.worker.storage;

import dev.holdfast.common.failure.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What may be behind a refusal when owner and mode alone do not explain it, as far as this process can see. */
final class Suspicions {
    private static final Path UID_MAP = Path.of("/proc/self/uid_map");
    private static final Path SELINUX = Path.of("/sys/fs/selinux/enforce");

    private Suspicions() {}

    /** One sentence each, the likeliest first. */
    static List<String> of(FailureCode code, Optional<Mount> mount) {
        var found = new ArrayList<String>();
        switch (code) {
            case STORAGE_PERMISSION_DENIED -> {
                if (mount.filter(Mount::isNetwork).isPresent()) {
                    found.add("the server of the share may map users (root squash): change the owner there");
                }
                addIdMapping(found);
                addSelinux(found);
            }
            case STORAGE_OPERATION_NOT_PERMITTED -> {
                found.add("it may be immutable or append-only (see lsattr -d)");
                addIdMapping(found);
                addSelinux(found);
            }
            case STORAGE_READ_ONLY ->
                found.add(
                        mount.filter(Mount::fileSystemIsReadOnly).isPresent()
                                ? "the file system itself is read-only: mounted so, or made so by Linux after a disk error"
                                : "only this mount of it is read-only: somebody has mounted it so (:ro)");
            default -> {}
        }
        return found;
    }

    private static void addIdMapping(List<String> found) {
        if (!isIdentity(read(UID_MAP))) {
            found.add("this process runs in a user namespace, so the uids on the host are others than those here (see"
                    + " /proc/self/uid_map)");
        }
    }

    private static void addSelinux(List<String> found) {
        if (read(SELINUX).strip().equals("1")) {
            found.add("SELinux is enforcing: a bind mount needs a label for containers (:Z)");
        }
    }

    /** Whether a map of ids leaves them as they are, user_namespaces(7); a system that has no such map does. */
    static boolean isIdentity(String idMap) {
        var map = idMap.strip();
        return map.isEmpty() || map.matches("0\\s+0\\s+4294967295");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
