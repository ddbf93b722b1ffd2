package dev.holdfast.notification.incident;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Says what there is to go back to. */
@Repository
public class GoodBackups {
    private static final int MOST = 5;

    private final JdbcClient jdbc;

    GoodBackups(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest backup of each of these sources that has one, the newest first and at most five; of any source if none is named. */
    public List<GoodBackup> of(List<HitSource> sources) {
        var ids = sources.stream().map(HitSource::id).toArray(UUID[]::new);
        return jdbc.sql("""
                        select * from source_good
                         where :ids::uuid[] = '{}' or source_id = any(:ids)
                         order by at desc, source_id limit :most
                        """)
                .param("ids", ids)
                .param("most", MOST)
                .query((row, number) -> new GoodBackup(
                        row.getObject("backup_id", UUID.class),
                        row.getObject("source_id", UUID.class),
                        row.getString("source_name"),
                        IncidentRows.time(row, "at"),
                        row.getString("path")))
                .list();
    }
}
