package dev.holdfast.common.failure;

import static dev.holdfast.common.failure.RemedyTemplate.remedy;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.util.List;
import java.util.Map;

/**
 * Every way a backup can fail. Names are stored and sent: never rename or reuse one. {@code docs/failures.md} has an entry for
 * each.
 */
public enum FailureCode {
    SOURCE_UNREACHABLE(
            FailureClass.RETRY_LATER,
            "The worker could not open a connection to the database server: wrong host or port, server down, or a firewall"
                    + " in between.",
            remedy("See whether the server answers, from the worker's machine", "pg_isready -h {host} -p {port}"),
            remedy("Let the server listen there (postgresql.conf: listen_addresses, port) and allow this machine"),
            remedy("Correct the source's host or port in Holdfast")),
    SOURCE_ADDRESS_REFUSED(
            FailureClass.CHANGE_SETTING,
            "The source's host has no address that Holdfast may connect to: link-local and multicast addresses and those of a"
                    + " cloud's metadata are forbidden whatever is set, others by the worker's settings. Nothing was sent.",
            remedy("See which addresses the name has, from the worker's machine", "getent ahosts {host}"),
            remedy("Correct the source's host in Holdfast, or the name in DNS"),
            remedy(
                    "If the database is really there, allow its network in the worker's configuration: holdfast.outbound")),
    SOURCE_CONNECTION_LOST(
            FailureClass.RETRY_LATER,
            "The connection broke while the dump was running: the server restarted, somebody ended the session, or the"
                    + " network dropped it.",
            remedy("Look for the reason in the server's log"),
            remedy("Request the backup again once the server is up", "pg_isready -h {host} -p {port}")),
    SOURCE_AUTHENTICATION_FAILED(
            FailureClass.CHANGE_SETTING,
            "The server refused the login: wrong user or password, an expired role, or no matching line in pg_hba.conf.",
            remedy(
                    "Try the same login by hand from the worker's machine",
                    "psql -h {host} -p {port} -U {username} -d {database} -c 'select 1'"),
            remedy("Store the right password in the source"),
            remedy(
                    "Allow the worker's address in pg_hba.conf, then reload",
                    "psql -h {host} -p {port} -U postgres -c 'select pg_reload_conf()'")),
    SOURCE_TLS_FAILED(
            FailureClass.CHANGE_SETTING,
            "Client and server do not agree on encryption, or the server's certificate could not be verified.",
            remedy("Set the source's sslMode to what the server offers (require, verify-full, disable)"),
            remedy("See what the server offers", "openssl s_client -starttls postgres -connect {host}:{port}")),
    SOURCE_DATABASE_MISSING(
            FailureClass.CHANGE_SETTING,
            "The server answers, but has no database of this name: it was dropped, renamed, or is misspelt in the source.",
            remedy("List the databases of the server", "psql -h {host} -p {port} -U {username} -l"),
            remedy("Correct the source's database, or delete the source if the database is gone for good")),
    SOURCE_PRIVILEGE_MISSING(
            FailureClass.FIX_PERMISSIONS,
            "The role may not read everything in the database, so a dump would fail or be incomplete. New tables of another"
                    + " owner are the usual reason.",
            remedy(
                    "Grant what is missing, as the owner or a superuser",
                    "psql -h {host} -p {port} -U postgres -d {database} -c {grant}"),
            remedy(
                    "Or let the role read everything, now and later (PostgreSQL 14 and newer)",
                    "psql -h {host} -p {port} -U postgres -d {database} -c {grantAll}")),
    SOURCE_ROW_SECURITY(
            FailureClass.FIX_PERMISSIONS,
            "Row-level security would hide rows from this role, so the dump would be incomplete. Holdfast never takes a"
                    + " partial dump.",
            remedy(
                    "Let the role see every row, as a superuser",
                    "psql -h {host} -p {port} -U postgres -d {database} -c {alterRole}")),
    SOURCE_LOCKED(
            FailureClass.RETRY_LATER,
            "Another session holds a lock that keeps the dump from reading a table, and did not let go in time.",
            remedy("See who holds it", "psql -h {host} -p {port} -U postgres -d {database} -c {blockers}"),
            remedy("Request the backup again when that session is done, or end it")),
    SOURCE_DDL_WAITING(
            FailureClass.RETRY_LATER,
            "A change of the database's schema waited for the locks of the dump, and everybody else waited behind it. The dump"
                    + " made way; what it had written was deleted.",
            remedy("Request the backup again when the schema change is done"),
            remedy("Or let dumps hold on for longer, in the worker's configuration: holdfast.run.yield-after")),
    SOURCE_LIMIT_REACHED(
            FailureClass.CHANGE_SETTING,
            "The database server met a limit of its own while the dump read from it: more tables than it can lock at once, or a"
                    + " single value too large to be sent.",
            remedy(
                    "For many tables: let the server lock more of them, then restart it",
                    "psql -h {host} -p {port} -U postgres -c 'alter system set max_locks_per_transaction = 1024'"),
            remedy("For a value of more than 500 MB: store it as a large object, or in parts")),
    TOOL_MISSING(
            FailureClass.CHANGE_SETTING,
            "No usable pg_dump was found on the worker.",
            remedy("Install a PostgreSQL client on Debian or Ubuntu", "apt-get install -y {package}"),
            remedy("Or say where it is, in the worker's configuration: holdfast.dump.client-directories")),
    TOOL_TOO_OLD(
            FailureClass.CHANGE_SETTING,
            "Every pg_dump on the worker is older than the server; pg_dump refuses to dump a newer server.",
            remedy("Install a client of the server's version or newer", "apt-get install -y {package}"),
            remedy("Debian's own release may lack it; the PostgreSQL project's apt repository has every version")),
    TOOL_KILLED(
            FailureClass.RETRY_LATER,
            "pg_dump was ended by a signal: by the kernel because memory ran out, or by somebody with kill. Or it could not be"
                    + " started, or did not answer: no process, memory or open file was left for it, or the machine was too busy.",
            remedy("See whether the kernel did it", "dmesg | grep -i -E 'killed process|out of memory' | tail"),
            remedy("See what the worker may have", "ulimit -a", "cat /sys/fs/cgroup/pids.max"),
            remedy("Give the worker more memory (mem_limit in docker-compose.yml), or run fewer backups at once:"
                    + " holdfast.run.parallel")),
    STORAGE_PERMISSION_DENIED(
            FailureClass.FIX_PERMISSIONS,
            "The backup directory refuses the user that the worker runs as. A volume that was created owned by root is the"
                    + " usual reason.",
            remedy("See who owns it and who is asking", "ls -lnd {path}", "id"),
            remedy(
                    "Give it to the worker's user; existing backups stay",
                    "chown -R {uid}:{gid} {path}",
                    "chmod -R u=rwX,g=rX,o= {path}")),
    STORAGE_OPERATION_NOT_PERMITTED(
            FailureClass.FIX_PERMISSIONS,
            "The kernel forbids the operation whoever asks: the directory is immutable or append-only, or a security module"
                    + " such as SELinux or AppArmor says no.",
            remedy("See its flags and labels", "lsattr -d {path}", "ls -lndZ {path}"),
            remedy("Take the flags off, as root", "chattr -i -a {path}"),
            remedy("Or look for what the security module has refused", "dmesg | grep -i denied | tail")),
    STORAGE_READ_ONLY(
            FailureClass.CHANGE_SETTING,
            "The file system that holds the backups is mounted read-only; after a disk error Linux does that by itself.",
            remedy("See how it is mounted and why", "findmnt -T {path}", "dmesg | tail"),
            remedy("Mount it writable", "mount -o remount,rw {mount}")),
    STORAGE_FULL(
            FailureClass.MAKE_ROOM,
            "The file system that holds the backups has no room left.",
            remedy("See what is used", "df -h {path}", "df -i {path}"),
            remedy("Delete backups that are no longer needed, or enlarge the volume")),
    STORAGE_INODES_EXHAUSTED(
            FailureClass.MAKE_ROOM,
            "The file system that holds the backups has bytes free, but can't hold one more file: its inodes are used up.",
            remedy("See what is used", "df -i {path}"),
            remedy("See which directories hold the most files", "du --inodes -x -d 2 {mount}"),
            remedy("Delete files that are no longer needed, or make the file system anew with more inodes")),
    STORAGE_QUOTA_EXCEEDED(
            FailureClass.MAKE_ROOM,
            "The quota of the worker's user, or of the directory's project, is used up, although the disk itself may have"
                    + " room.",
            remedy("See the quota, as root", "quota -u -s {uid}", "df -h {path}"),
            remedy("Raise the quota, or delete backups that are no longer needed", "edquota -u {uid}")),
    STORAGE_FILE_TOO_LARGE(
            FailureClass.CHANGE_SETTING,
            "The file system, or a limit of the worker's process, does not allow a file as large as this backup.",
            remedy("See the file system's type and the limit", "findmnt -T {path}", "ulimit -f"),
            remedy("Keep the backups on a file system for large files (ext4, xfs), or lift the limit")),
    STORAGE_IO_ERROR(
            FailureClass.CHANGE_SETTING,
            "The disk below the backups could not read or write: it is failing, or its connection is.",
            remedy("See what the kernel says of the disk", "dmesg | tail -50", "findmnt -T {path}"),
            remedy("Copy existing backups elsewhere before anything else, then replace the disk")),
    STORAGE_NAME_TOO_LONG(
            FailureClass.CHANGE_SETTING,
            "A path below the backup directory is longer than the file system allows.",
            remedy("See what it allows", "getconf NAME_MAX {path}", "getconf PATH_MAX {path}"),
            remedy("Choose a shorter root: holdfast.storage.root")),
    STORAGE_LINK_LOOP(
            FailureClass.CHANGE_SETTING,
            "The way to the backup directory goes in circles: symbolic links point at each other.",
            remedy("Follow the links one by one", "namei -l {path}"),
            remedy("Replace the link by a directory, or set holdfast.storage.root to the real one")),
    STORAGE_NOT_A_DIRECTORY(
            FailureClass.CHANGE_SETTING,
            "There is a file where a directory of the backups must be.",
            remedy("See what it is", "ls -lnd {path}"),
            remedy("Move it out of the way", "mv {path} {path}.aside")),
    STORAGE_SYMBOLIC_LINK(
            FailureClass.CHANGE_SETTING,
            "There is a symbolic link where a directory of the backups must be. It is not followed: whoever can plant one"
                    + " would have backups written, and deleted, elsewhere.",
            remedy("See where it points", "ls -lnd {path}", "readlink -f {path}"),
            remedy("Take the link away; what it points at stays", "rm {path}")),
    STORAGE_STALE_HANDLE(
            FailureClass.CHANGE_SETTING,
            "The network file system has forgotten the directory: it was exported anew, moved or deleted on the server.",
            remedy("See the mount", "findmnt -T {path}"),
            remedy("Mount it again, as root", "umount -l {mount}", "mount {mount}"),
            remedy("In a container, start the worker again, which mounts it again")),
    STORAGE_MISSING(
            FailureClass.CHANGE_SETTING,
            "The directory or the mount that held the backups is not there any more. Nothing is written to the place that"
                    + " is left: a backup there would not be where you look for it.",
            remedy("See what is mounted there", "findmnt -T {path}", "ls -la {path}"),
            remedy("Mount it again, or start the container with its volume again", "mount {mount}"),
            remedy(
                    "Or, if backups are meant to be kept in this directory from now on, say so",
                    "mkdir -p {root}",
                    "touch {root}/.holdfast-volume")),
    STORAGE_TOO_MANY_OPEN_FILES(
            FailureClass.RETRY_LATER,
            "The worker, or the whole machine, has as many files open as it may.",
            remedy("See the limits", "ulimit -n", "cat /proc/sys/fs/file-nr"),
            remedy("Raise the limit (ulimits in docker-compose.yml, LimitNOFILE in a systemd unit)")),
    STORAGE_FAILED(
            FailureClass.CHANGE_SETTING,
            "The backup directory can't be used, for a reason that has no code of its own.",
            remedy("Look at the path and its mount", "ls -la {path}", "findmnt -T {path}", "dmesg | tail"),
            remedy("Create the directory or mount the volume again")),
    MEDIA_UNREADABLE(
            FailureClass.FIX_PERMISSIONS,
            "A media directory of the source is missing or holds files that the worker may not read.",
            remedy("See who owns it and who is asking", "ls -lan {path}", "id"),
            remedy("Correct the source's mediaPaths, or let the worker's user read them", "chmod -R g+rX {path}")),
    MEDIA_REFUSED(
            FailureClass.CHANGE_SETTING,
            "A media directory of the source is one of Holdfast's own, or where the backups are. Its keys and passwords"
                    + " would be in an archive that others may download, or each backup in the next one.",
            remedy("Take {path} out of the source's mediaPaths, and name the directories of the application")),
    ARTIFACT_INVALID(
            FailureClass.RETRY_LATER,
            "The dump ended without an error, but what it wrote did not read back whole. It was thrown away.",
            remedy("Request the backup again"),
            remedy("If it happens again, check the disk and the memory of the worker", "dmesg | tail -50")),
    SECRET_UNREADABLE(
            FailureClass.CHANGE_SETTING,
            "The stored password was sealed for another worker key than the one this worker has.",
            remedy("Give the worker its old key back (holdfast.seal.identity-file)"),
            remedy("Or store the source's password again, so that it is sealed for the present key")),
    /** No backup fails with it: it is told of messages between the services. */
    MESSAGE_PARKED(
            FailureClass.REPORT_BUG,
            "A service got a message that it can't handle: not one of ours, of another version, or one that meets an error in"
                    + " Holdfast. It is kept, and the messages behind it go on.",
            remedy("See what was set aside, and why", "curl -s -H \"Authorization: Bearer $HOLDFAST_TOKEN\" {parked}"),
            remedy(
                    "Once the reason is repaired, hand it to the service again",
                    "curl -s -H \"Authorization: Bearer $HOLDFAST_TOKEN\" -X POST {replay}"),
            remedy("Delete what is of no use; the alert ends with the last one")),
    CANCELLED(FailureClass.NOTHING_TO_DO, "Somebody asked to stop this backup."),
    STALLED(
            FailureClass.RETRY_LATER,
            "The backup made no progress for too long: nothing was written, nothing was read.",
            remedy(
                    "See what the server is waiting for",
                    "psql -h {host} -p {port} -U postgres -d {database} -c {activity}"),
            remedy("If such pauses are usual there, allow longer ones: holdfast.run.stall-timeout")),
    TIMED_OUT(
            FailureClass.CHANGE_SETTING,
            "The backup took longer than it may in all.",
            remedy(
                    "See what the server is waiting for",
                    "psql -h {host} -p {port} -U postgres -d {database} -c {activity}"),
            remedy("If the database has grown, raise the limit: holdfast.run.total-timeout")),
    WORKER_LOST(
            FailureClass.CHANGE_SETTING,
            "Each worker that ran this backup ended in the middle of it, without a word. It is not tried again, so that others"
                    + " get their turn.",
            remedy("See why the worker ended", "docker compose logs --tail 100 backup-worker", "dmesg | tail -50"),
            remedy("Give the worker more memory (mem_limit in docker-compose.yml), then request the backup again")),
    /** Also what an older service reads in the place of a code that it does not know yet. */
    @JsonEnumDefaultValue
    UNEXPECTED(
            FailureClass.REPORT_BUG,
            "Holdfast met an error that it does not know.",
            remedy("Report it with the backup's log", "./holdfast backup --help"));

    private final FailureClass failureClass;
    private final String cause;
    private final List<RemedyTemplate> remedies;

    FailureCode(FailureClass failureClass, String cause, RemedyTemplate... remedies) {
        this.failureClass = failureClass;
        this.cause = cause;
        this.remedies = List.of(remedies);
    }

    public FailureClass failureClass() {
        return failureClass;
    }

    /**
     * Whether a backup that failed with it asks for nothing but permission on the storage: once that is repaired, it can run again with
     * nothing else changed.
     */
    public boolean passesWithStorage() {
        return failureClass == FailureClass.FIX_PERMISSIONS && name().startsWith("STORAGE_");
    }

    /** Why such a thing happens, in plain words. */
    public String cause() {
        return cause;
    }

    List<Remedy> remedies(Map<String, String> facts) {
        return remedies.stream().map(template -> template.fill(facts)).toList();
    }
}
