package dev.holdfast.api.console.health;

import dev.holdfast.api.doctor.DoctorReport.Room;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** For how long the volume has room, if backups go on as the last ones did and nothing is deleted. */
@Component
class Forecast {
    private static final int BACKUPS = 200;
    private static final Duration WINDOW = Duration.ofDays(30);
    private static final Duration SHORTEST = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final Clock clock;

    Forecast(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What there is room for.
     *
     * @param backups how many of the usual size
     * @param days absent while all backups are of one day, which says nothing about the next ones
     * @param usualBytes the size of a backup, on average
     */
    public record Outlook(long backups, @Nullable Long days, long usualBytes, int of) {}

    private record Recent(int count, long bytes, @Nullable Instant first) {}

    /** Absent where nothing is known: no volume, or no backup with a size yet. */
    @Nullable
    Outlook of(@Nullable Room volume) {
        var recent = recent();
        if (volume == null || recent.bytes() == 0) {
            return null;
        }
        long usual = Math.max(1, recent.bytes() / recent.count());
        return new Outlook(volume.freeBytes() / usual, days(volume.freeBytes(), recent), usual, recent.count());
    }

    private @Nullable Long days(long free, Recent recent) {
        var first = recent.first();
        var span = first == null ? Duration.ZERO : Duration.between(first, clock.instant());
        if (span.compareTo(SHORTEST) < 0) {
            return null;
        }
        double perDay =
                (double) recent.bytes() / span.toMillis() * Duration.ofDays(1).toMillis();
        return (long) (free / perDay);
    }

    private Recent recent() {
        return jdbc.sql("""
                        select count(*) as count, coalesce(sum(size_bytes), 0) as bytes, min(finished_at) as first
                        from (select size_bytes, finished_at from backup where status = 'COMPLETED'
                            order by id desc limit :backups) newest
                        where finished_at >= :since
                        """)
                .param("backups", BACKUPS)
                .param("since", Timestamp.from(clock.instant().minus(WINDOW)))
                .query((row, number) -> {
                    var first = row.getTimestamp("first");
                    return new Recent(
                            row.getInt("count"), row.getLong("bytes"), first == null ? null : first.toInstant());
                })
                .single();
    }
}
