package dev.holdfast.faults;

import dev.holdfast.faults.agent.Failpoint;

/** The moments of a backup at which a worker's death could do harm, by the code that is reached then. */
enum Step {
    /** The request was delivered, nothing is stored. */
    RECEIVED("job.JobIntake#accept:enter"),
    /** The transaction that stores the job has its row and the event's. */
    STORING("job.Jobs#admit:exit"),
    /** The job is stored, the broker waits for the acknowledgement. */
    ACCEPTED("dev.holdfast.common.messaging.DeliveryGuard#invoke:exit"),
    /** The transaction that makes the job this worker's holds the lock under which all turns are given. */
    CLAIMING("job.Turns#isNow:exit"),
    /** The job is this worker's. */
    LEASED("job.JobLedger#claim:exit"),
    /** pg_dump runs. */
    SPAWNED("dump.PgDump#start:exit"),
    /** Some bytes have come. */
    STREAMING("dump.DumpProgress#written:exit"),
    /** The transaction that tells how far it is has the job's row. */
    TELLING("job.Jobs#progress:exit"),
    /** All bytes have come and are read through; not one is on the disk for certain. */
    VERIFIED("storage.StagedFiles#makeDurable:enter"),
    /** All is on the disk, under a name that nobody sees. */
    DURABLE("storage.ManifestFile#write:exit"),
    /** The backup is visible, and the job does not say so. */
    RENAMED("storage.LocalBackupStore#seal:exit"),
    /** The transaction that completes the job has given a turn to those that waited for it. */
    PASSING("job.Turns#pass:exit"),
    /** The job is completed, and its event waits in the outbox. */
    COMMITTED("job.JobLedger#completed:exit"),
    /** The broker has an event that the outbox still holds, under the lock of whoever publishes. */
    PUBLISHED("dev.holdfast.common.messaging.EventPublisher#publish:exit");

    private final Failpoint point;

    Step(String place) {
        point = Failpoint.parse(place.startsWith("dev.") ? place : "dev.holdfast.worker." + place);
    }

    Failpoint point() {
        return point;
    }
}
