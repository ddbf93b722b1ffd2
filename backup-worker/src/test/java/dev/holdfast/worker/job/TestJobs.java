package dev.holdfast.worker.job;

import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Jobs for the tests of other packages. */
public final class TestJobs {
    private TestJobs() {}

    public static JobHistory history(JdbcClient jdbc) {
        return new JobHistory(jdbc, JsonMapper.builder().build());
    }
}
