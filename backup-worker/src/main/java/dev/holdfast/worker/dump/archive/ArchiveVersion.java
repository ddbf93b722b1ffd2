package dev.holdfast.worker.dump.archive;

/** The version of an archive's layout, which is not that of PostgreSQL. */
public record ArchiveVersion(int major, int minor, int revision) {
    /** What pg_dump 12 to 15 write. */
    private static final ArchiveVersion KNOWN = new ArchiveVersion(1, 14, 0);

    /** Whether archives of this version can be repacked: exactly those whose every byte is understood. */
    public static boolean supports(ArchiveVersion version) {
        return version.equals(KNOWN);
    }

    /** Whether a client of this major writes archives that can be repacked. */
    public static boolean writtenBy(int clientMajor) {
        return clientMajor >= 12 && clientMajor <= 15;
    }

    @Override
    public String toString() {
        return major + "." + minor + "-" + revision;
    }
}
