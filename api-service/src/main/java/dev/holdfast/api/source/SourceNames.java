package dev.holdfast.api.source;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The names of the sources, to choose from. */
@Repository
public class SourceNames {
    private static final int MOST = 500;

    private final JdbcClient jdbc;

    SourceNames(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Names to choose from.
     *
     * @param names the first of them, in order
     * @param isWhole whether these are all: otherwise another one must be typed
     */
    public record Choice(List<String> names, boolean isWhole) {

        public boolean isEmpty() {
            return names.isEmpty();
        }

        public boolean has(String name) {
            return names.contains(name);
        }
    }

    /** As many as somebody can choose from a list. */
    public Choice choice() {
        var names = jdbc.sql("select name from source order by name limit :limit")
                .param("limit", MOST + 1)
                .query((row, number) -> row.getString("name"))
                .list();
        return names.size() > MOST ? new Choice(names.subList(0, MOST), false) : new Choice(names, true);
    }
}
