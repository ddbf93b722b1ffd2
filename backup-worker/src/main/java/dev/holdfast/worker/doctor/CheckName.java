package dev.holdfast.worker.doctor;

/** The checks, in the order in which they are done and told. */
enum CheckName {
    CONTAINER_USER("container-user", "The user that the worker runs as"),
    DIRECTORY_PERMISSIONS("directory-permissions", "A file can be written where backups go"),
    VOLUME_OWNERSHIP("volume-ownership", "The volume belongs to the worker's user"),
    WORKER_LOG("worker-log", "No error in the runs' logs since the last success"),
    FAILED_BACKUP_LOG("failed-backup-log", "The newest backup of each source is good");

    private final String wireName;
    private final String title;

    CheckName(String wireName, String title) {
        this.wireName = wireName;
        this.title = title;
    }

    String wireName() {
        return wireName;
    }

    String title() {
        return title;
    }
}
