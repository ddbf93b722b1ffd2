package dev.holdfast.worker.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The mount that holds a path, as {@code /proc/self/mountinfo} has it (proc_pid_mountinfo(5)).
 *
 * @param type of the file system, such as {@code ext4}
 * @param options such as {@code rw,relatime}
 */
record Mount(Path point, String type, String options) {
    private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    /** Empty where there is no Linux {@code /proc}. The path need not exist. */
    static Optional<Mount> of(Path path) {
        try {
            var real = Refusal.nearestExisting(path).toRealPath();
            Mount found = null;
            for (var line : Files.readAllLines(MOUNTINFO)) {
                var mount = parse(line);
                // Of two mounts on one point the later hides the earlier.
                if (real.startsWith(mount.point)
                        && (found == null || mount.point.getNameCount() >= found.point.getNameCount())) {
                    found = mount;
                }
            }
            return Optional.ofNullable(found);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Mount parse(String line) {
        var fields = line.split(" ", -1);
        var separator = 6;
        while (!fields[separator].equals("-")) {
            separator++;
        }
        var point = OCTAL.matcher(fields[4])
                .replaceAll(octal -> String.valueOf((char) Integer.parseInt(octal.group(1), 8))
                        .replace("\\", "\\\\"));
        return new Mount(Path.of(point), fields[separator + 1], fields[5]);
    }

    @Override
    public String toString() {
        return "%s (%s, %s)".formatted(point, type, options);
    }
}
