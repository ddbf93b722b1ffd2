package dev.holdfast.api.source;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The names of the sources, to choose from. */
@Repository
public class SourceNames {
    private final JdbcClient jdbc;

    SourceNames(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The first of them, in order. */
    public List<String> first(int limit) {
        return jdbc.sql("select name from source order by name limit :limit")
                .param("limit", limit)
                .query((row, number) -> row.getString("name"))
                .list();
    }
}
