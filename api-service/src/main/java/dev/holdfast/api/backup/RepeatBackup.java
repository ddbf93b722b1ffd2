package dev.holdfast.api.backup;

import dev.holdfast.api.source.Source;
import dev.holdfast.common.event.Sequence;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** The next attempt at a backup that has ended, whoever wants it; in the transaction that has its row locked. */
@Component
class RepeatBackup {
    private final Backups backups;
    private final BackupOrders orders;
    private final Clock clock;

    RepeatBackup(Backups backups, BackupOrders orders, Clock clock) {
        this.backups = backups;
        this.orders = orders;
        this.clock = clock;
    }

    /** @param source as it is now: what was corrected there counts */
    Backup again(Backup ended, Source source) {
        var course = ended.course();
        long sequence = Sequence.after(course.newest(), clock);
        var again = ended.with(Course.requested(course.attempt() + 1, sequence));
        backups.update(ended.id(), again.course());
        orders.request(again, source, sequence);
        return again;
    }
}
