package dev.holdfast.worker.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.event.SslMode;
import dev.holdfast.worker.source.ServerFacts;
import dev.holdfast.worker.source.SourceAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class DumpPlansTest {
    private static final long SMALL = 1_000_000;
    private static final long BIG = 1_000_000_000;
    private static final String WITH_ZSTD = "echo 'pg_dump: error: connection to server on socket failed' >&2; exit 1";
    private static final String WITHOUT_ZSTD =
            "echo 'pg_dump: error: this build does not support compression with ZSTD' >&2; exit 1";

    @TempDir
    private Path directory;

    private final ToolLauncher launcher = new ToolLauncher();

    @AfterEach
    void close() {
        launcher.close();
    }

    @Test
    void a_small_database_is_one_stream() throws IOException {
        assertThat(plan(4, 17, WITH_ZSTD, SMALL, 50)).isEqualTo(new DumpPlan(DumpPlan.Way.STREAM, 1, "zstd:3"));
        assertThat(plan(4, 15, WITH_ZSTD, SMALL, 50)).isEqualTo(new DumpPlan(DumpPlan.Way.STREAM, 1, "6"));
    }

    @Test
    void a_big_database_takes_every_core_that_it_has_tables_for() throws IOException {
        assertThat(plan(4, 17, WITH_ZSTD, BIG, 50)).isEqualTo(new DumpPlan(DumpPlan.Way.PARALLEL, 4, "zstd:1"));
        assertThat(plan(4, 17, WITH_ZSTD, BIG, 3)).isEqualTo(new DumpPlan(DumpPlan.Way.PARALLEL, 3, "zstd:1"));
        assertThat(plan(64, 17, WITH_ZSTD, BIG, 50)).isEqualTo(new DumpPlan(DumpPlan.Way.PARALLEL, 8, "zstd:1"));
    }

    @Test
    void one_table_or_one_core_is_one_stream() throws IOException {
        assertThat(plan(4, 17, WITH_ZSTD, BIG, 1).way()).isEqualTo(DumpPlan.Way.STREAM);
        assertThat(plan(1, 17, WITH_ZSTD, BIG, 50).way()).isEqualTo(DumpPlan.Way.STREAM);
        assertThat(plan(1, 15, WITH_ZSTD, BIG, 50).way()).isEqualTo(DumpPlan.Way.STREAM);
    }

    @Test
    void a_client_that_knows_gzip_alone_is_helped_with_a_big_database() throws IOException {
        assertThat(plan(2, 15, WITH_ZSTD, BIG, 1)).isEqualTo(new DumpPlan(DumpPlan.Way.REPACKED, 2, "0"));
    }

    @Test
    void a_newer_client_that_was_built_without_zstd_falls_back_to_gzip() throws IOException {
        assertThat(plan(4, 17, WITHOUT_ZSTD, SMALL, 50)).isEqualTo(new DumpPlan(DumpPlan.Way.STREAM, 1, "6"));
        assertThat(plan(4, 17, WITHOUT_ZSTD, BIG, 50)).isEqualTo(new DumpPlan(DumpPlan.Way.PARALLEL, 4, "6"));
    }

    @Test
    void more_files_than_an_event_can_name_are_one_stream() throws IOException {
        assertThat(plan(4, 17, WITH_ZSTD, BIG, 5_000, 0).way()).isEqualTo(DumpPlan.Way.PARALLEL);
        assertThat(plan(4, 17, WITH_ZSTD, BIG, 5_001, 0)).isEqualTo(new DumpPlan(DumpPlan.Way.STREAM, 1, "zstd:3"));
        assertThat(plan(4, 15, WITH_ZSTD, BIG, 5_001, 0)).isEqualTo(new DumpPlan(DumpPlan.Way.STREAM, 1, "6"));
        assertThat(plan(4, 15, WITH_ZSTD, BIG, 4_000, 500).way()).isEqualTo(DumpPlan.Way.REPACKED);
        assertThat(plan(4, 15, WITH_ZSTD, BIG, 4_000, 501).way()).isEqualTo(DumpPlan.Way.STREAM);
        assertThat(plan(4, 17, WITH_ZSTD, BIG, 2, 3_000_000_000L).way()).isEqualTo(DumpPlan.Way.STREAM);
    }

    private DumpPlan plan(int cores, int major, String pgDump, long size, int tables) throws IOException {
        return plan(cores, major, pgDump, size, tables, 0);
    }

    private DumpPlan plan(int cores, int major, String pgDump, long size, int tables, long largeObjects)
            throws IOException {
        var settings = new DumpSettings(List.of(), DataSize.ofMegabytes(256), 8, Workshop.LOCK_WAIT, 3, 1, null);
        var plans = new DumpPlans(settings, new ClientProbe(launcher, Clock.systemUTC()), cores);
        var client = new PgClient(Workshop.client(directory, pgDump), major, major + ".1");
        var facts = new ServerFacts(major * 10_000, major + ".1", size, tables, largeObjects, Map.of(), Map.of());
        var source = new SourceConnection("db", 5432, "shop", "app", SslMode.PREFER);
        return plans.planFor(new DumpRequest(new SourceAccess(source, "secret", "holdfast"), client, facts, directory));
    }
}
