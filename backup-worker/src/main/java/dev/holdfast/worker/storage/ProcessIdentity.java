package dev.holdfast.worker.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Who this process is to the kernel: permission failures are about numbers, not names. */
public record ProcessIdentity(String uid, String gid, String groups) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int EFFECTIVE = 1;

    /** Empty where there is no Linux {@code /proc}. */
    public static Optional<ProcessIdentity> current() {
        try {
            var uid = "";
            var gid = "";
            var groups = "";
            for (var line : Files.readAllLines(STATUS)) {
                if (line.startsWith("Uid:")) {
                    uid = line.substring(4).strip().split("\\s+", -1)[EFFECTIVE];
                } else if (line.startsWith("Gid:")) {
                    gid = line.substring(4).strip().split("\\s+", -1)[EFFECTIVE];
                } else if (line.startsWith("Groups:")) {
                    groups = line.substring(7).strip();
                }
            }
            return Optional.of(new ProcessIdentity(uid, gid, groups));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "uid %s, gid %s, groups %s".formatted(uid, gid, groups.isEmpty() ? "none" : groups);
    }
}
