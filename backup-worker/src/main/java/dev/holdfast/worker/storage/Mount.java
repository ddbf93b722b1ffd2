package dev.holdfast.worker.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The mount that holds a path, as {@code /proc/self/mountinfo} has it (proc_pid_mountinfo(5)).
 *
 * @param point where it is mounted
 * @param root which directory of its file system is mounted there; {@code /} unless it is a bind mount or a volume
 * @param type of the file system, such as {@code ext4}
 * @param source device or server
 * @param options of this mount, such as {@code rw,relatime}
 * @param superOptions of the file system, which all mounts of it share
 */
public record Mount(Path point, String root, String type, String source, String options, String superOptions) {
    private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
    /** Docker's, rootless Docker's and Podman's; the directory may be a file system of its own. */
    private static final Pattern VOLUME = Pattern.compile("(?:.*/)?volumes/([^/]+)/_data(?:/.*)?");

    private static final Pattern CLAIM = Pattern.compile(".*/pods/[^/]+/volume(?:s|-subpaths)/([^/]+/)?([^/]+).*");
    private static final Pattern NETWORK =
            Pattern.compile("nfs4?|cifs|smb3|smbfs|9p|virtiofs|ceph|glusterfs|fuse\\..+");

    /** Empty where there is no Linux {@code /proc}. The path need not exist. */
    public static Optional<Mount> of(Path path) {
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
        return new Mount(
                Path.of(unescape(fields[4])),
                unescape(fields[3]),
                fields[separator + 1],
                unescape(fields[separator + 2]),
                fields[5],
                fields[separator + 3]);
    }

    public MountKind kind() {
        if (VOLUME.matcher(root).matches()) {
            return MountKind.NAMED_VOLUME;
        }
        if (CLAIM.matcher(root).matches()) {
            return MountKind.CLAIM;
        }
        if (type.equals("tmpfs")) {
            return MountKind.TMPFS;
        }
        if (isNetwork()) {
            return MountKind.NETWORK;
        }
        if (type.equals("overlay") && point.getNameCount() == 0) {
            return MountKind.CONTAINER_LAYER;
        }
        return root.equals("/") || isSubvolume() ? MountKind.DISK : MountKind.BIND;
    }

    /** The name by which Docker or Podman knows the volume. */
    public Optional<String> volume() {
        var match = VOLUME.matcher(root);
        return match.matches() ? Optional.of(match.group(1)) : Optional.empty();
    }

    /** Where a path below lies on the machine that the container runs on, as its file system has it. */
    public String hostPath(Path path) {
        var below = path.startsWith(point) ? point.relativize(path).toString() : "";
        return below.isEmpty() ? root : root + (root.endsWith("/") ? "" : "/") + below;
    }

    boolean isNetwork() {
        return NETWORK.matcher(type).matches();
    }

    /** Whether the file system itself, and not just this mount of it, refuses to be written. */
    boolean fileSystemIsReadOnly() {
        return Arrays.asList(superOptions.split(",", -1)).contains("ro");
    }

    private boolean isSubvolume() {
        return type.equals("btrfs")
                && Arrays.asList(superOptions.split(",", -1)).contains("subvol=" + root);
    }

    private String words() {
        return switch (kind()) {
            case NAMED_VOLUME -> "the named volume " + volume().orElse("");
            case BIND -> "a bind mount of " + root;
            case TMPFS -> "a tmpfs, in memory: it is empty after a restart";
            case NETWORK -> "a network file system of " + source;
            case CLAIM -> "a volume that Kubernetes has mounted";
            case CONTAINER_LAYER -> "the container's own layer: no volume is mounted here";
            case DISK -> "the disk " + source;
        };
    }

    private static String unescape(String field) {
        return OCTAL.matcher(field)
                .replaceAll(octal -> String.valueOf((char) Integer.parseInt(octal.group(1), 8))
                        .replace("\\", "\\\\")
                        .replace("$", "\\$"));
    }

    @Override
    public String toString() {
        return "%s (%s, %s; %s)".formatted(point, type, options, words());
    }
}
