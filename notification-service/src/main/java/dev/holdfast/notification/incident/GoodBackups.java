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

    /**
     * The newest backup of each source that the problem hits, the newest first and at most five; of any source if it names none. One of
     * the database, unless the problem is about media, or there is none.
     */
    public List<GoodBackup> before(Extent problem) {
        boolean aboutMedia = Parts.isAboutMedia(problem.failure().code());
        var ids = problem.sources().stream().map(HitSource::id).toArray(UUID[]::new);
        return jdbc.sql("""
                        select * from (
                            select distinct on (source_id) * from good_backup
                             where :ids::uuid[] = '{}' or source_id = any(:ids)
                             order by source_id, part = :part desc) newest
                         order by at desc, source_id limit :most
                        """)
                .param("ids", ids)
                .param("part", aboutMedia ? "media" : "database")
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
