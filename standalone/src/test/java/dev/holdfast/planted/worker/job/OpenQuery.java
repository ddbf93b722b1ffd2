package dev.holdfast.planted.worker.job;

import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
final class OpenQuery {
    private OpenQuery() {}

    static Stream<String> names(JdbcClient jdbc) {
        return jdbc.sql("select 'x'").query(String.class).stream();
    }
}
