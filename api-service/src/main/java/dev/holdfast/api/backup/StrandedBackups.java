package dev.holdfast.api.backup;

import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The backups that failed for nothing but the permission of a storage that has been repaired since. Found by what is stored, not by what
 * has just happened, so it is no matter which of failure and repair was heard of first.
 */
@Repository
class StrandedBackups {
    /**
     * A minute before the outage was noticed counts too: a failure is often how it is noticed. While a newer outage lasts, nothing counts,
     * since the one run that a backup gets by itself would be lost in it.
     */
    private static final String STRANDED = """
            status = 'FAILED' and failure ->> 'code' in (:codes)
                and rerun_sequence is distinct from requested_sequence
                and exists (select 1 from storage_outage past
                    where finished_at between past.failed_since - interval '1 minute' and past.recovered_at
                        and not exists (select 1 from storage_outage present
                            where present.root = past.root and present.recovered_at is null
                                and present.failed_since > past.recovered_at))
            """;

    private static final List<String> CODES = Arrays.stream(FailureCode.values())
            .filter(FailureCode::passesWithStorage)
            .map(Enum::name)
            .toList();

    private final JdbcClient jdbc;
    private final BackupRows rows;

    StrandedBackups(JdbcClient jdbc, BackupRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** The oldest of them. */
    List<BackupId> oldest(int limit) {
        return jdbc.sql("select id from backup where " + STRANDED + " order by id limit :limit")
                .param("codes", CODES)
                .param("limit", limit)
                .query((row, number) -> new BackupId(row.getObject("id", UUID.class)))
                .list();
    }

    /** Keeps one from others until the transaction ends; nothing where it is no longer stranded, or somebody else has it now. */
    Optional<Backup> lock(BackupId id) {
        return jdbc.sql("select * from backup where id = :id and " + STRANDED + " for update skip locked")
                .param("id", id.value())
                .param("codes", CODES)
                .query(rows)
                .optional();
    }

    /** Lets nothing more happen by itself to a locked one until a person requests it again. */
    void settle(BackupId id) {
        jdbc.sql("update backup set rerun_sequence = requested_sequence where id = :id")
                .param("id", id.value())
                .update();
    }
}
