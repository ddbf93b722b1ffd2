package dev.holdfast.worker.storage;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code storage_volume}. */
@Repository
class VolumeRows implements VolumeMemory {
    private final JdbcClient jdbc;
    private final Clock clock;

    VolumeRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Optional<KnownVolume> recall(Path root) {
        return jdbc.sql("""
                select volume_id, mount_point, exists (select 1 from job where state = 'completed') as holds_backups
                  from storage_volume where root = :root""")
                .param("root", root.toString())
                .query((row, number) -> new KnownVolume(
                        row.getString("volume_id"),
                        Path.of(row.getString("mount_point")),
                        row.getBoolean("holds_backups")))
                .optional();
    }

    @Override
    public void remember(Path root, String volumeId, Path mountPoint) {
        jdbc.sql("""
                insert into storage_volume (root, volume_id, mount_point, seen_since) values (:root, :id, :point, :now)
                on conflict (root) do update
                   set volume_id = excluded.volume_id, mount_point = excluded.mount_point,
                       seen_since = excluded.seen_since""")
                .param("root", root.toString())
                .param("id", volumeId)
                .param("point", mountPoint.toString())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
