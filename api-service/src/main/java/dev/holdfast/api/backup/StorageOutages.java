package dev.holdfast.api.backup;

import dev.holdfast.common.event.StorageEvent;
import dev.holdfast.common.event.StorageFailed;
import dev.holdfast.common.event.StorageRecovered;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * When no backup could be written, remembered because a failure may be heard of after the repair of what caused it. Comes out the same
 * in whatever order begin and end are told.
 */
@Repository
class StorageOutages {
    private static final Duration KEPT = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Clock clock;

    StorageOutages(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param at when it happened */
    void record(StorageEvent event, Instant at) {
        switch (event) {
            case StorageFailed failed -> begun(failed);
            case StorageRecovered recovered -> ended(recovered, at);
        }
    }

    private void begun(StorageFailed failed) {
        jdbc.sql("insert into storage_outage (root, failed_since) values (:root, :since) on conflict do nothing")
                .param("root", failed.root())
                .param("since", begin(failed.since()))
                .update();
    }

    private void ended(StorageRecovered recovered, Instant at) {
        jdbc.sql("delete from storage_outage where coalesce(recovered_at, failed_since) < :forgotten")
                .param("forgotten", Timestamp.from(clock.instant().minus(KEPT)))
                .update();
        jdbc.sql("""
                        insert into storage_outage (root, failed_since, recovered_at) values (:root, :since, :at)
                        on conflict (root, failed_since) do update
                            set recovered_at = greatest(storage_outage.recovered_at, excluded.recovered_at)
                        """)
                .param("root", recovered.root())
                .param("since", begin(recovered.failedSince()))
                .param("at", Timestamp.from(at))
                .update();
    }

    /** What names an outage, so without the digits that a database or a JSON text may have lost on the way. */
    private static Timestamp begin(Instant since) {
        return Timestamp.from(since.truncatedTo(ChronoUnit.MILLIS));
    }
}
