package dev.holdfast.worker.dump.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.embedded.EmbeddedPostgres;
import dev.holdfast.worker.step.StopSignal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the real tools of a client before 16; without one there is nothing that the repacker could be used for. */
class DirectoryRepackerIT {
    private static EmbeddedPostgres server;
    private static PgTools tools;

    @TempDir
    private Path temporary;

    private final StopSignal stop = new StopSignal();

    @BeforeAll
    static void fill() throws IOException, SQLException {
        var bin = PgTools.find();
        assumeTrue(bin.isPresent(), "needs a PostgreSQL client of 12 to 15");
        server = EmbeddedPostgres.temporary();
        tools = new PgTools(bin.orElseThrow(), server);
        server.createDatabase("shop");
        try (var connection = server.dataSource("shop").getConnection();
                var statement = connection.createStatement();
                var script = DirectoryRepackerIT.class.getResourceAsStream("everything.sql")) {
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @AfterAll
    static void close() {
        if (server != null) {
            server.close();
        }
    }

    static Stream<Supplier<DeflateCodec>> codecs() {
        return Stream.of(DeflateCodec::create, JdkCodec::new);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void pg_restore_reads_the_same_from_it_as_from_a_plain_dump(Supplier<DeflateCodec> codec) throws Exception {
        var plain = temporary.resolve("plain.dump");
        tools.run("pg_dump", "--format=custom", "--file=" + plain, "shop");

        var directory = repacked(new DirectoryRepacker(2, codec));

        new GzipDirectoryCheck(2, codec).verify(directory, stop);
        assertThat(tools.lines("pg_restore", "--file=-", directory.toString()))
                .isEqualTo(tools.lines("pg_restore", "--file=-", plain.toString()))
                .hasSizeGreaterThan(10_000);
        assertThat(entries(directory)).isEqualTo(entries(plain)).hasSizeGreaterThan(300);
    }

    @Test
    void it_restores_with_one_job_and_with_four() throws Exception {
        var directory = repacked(new DirectoryRepacker(2));
        server.createDatabase("by one");
        server.createDatabase("by four");

        tools.run("pg_restore", "--jobs=1", "--exit-on-error", "--dbname=by one", directory.toString());
        tools.run("pg_restore", "--jobs=4", "--exit-on-error", "--dbname=by four", directory.toString());

        var original = tools.lines("pg_dump", "shop");
        assertThat(tools.lines("pg_dump", "by one")).isEqualTo(original);
        assertThat(tools.lines("pg_dump", "by four")).isEqualTo(original);
    }

    @Test
    void one_table_can_be_restored_alone() throws Exception {
        var directory = repacked(new DirectoryRepacker(2));

        var sql = tools.lines("pg_restore", "--file=-", "--table=tiny_7", directory.toString());

        assertThat(sql).contains("7\ttiny").doesNotContain("8\ttiny");
    }

    @Test
    void a_stream_that_is_cut_is_refused() throws Exception {
        byte[] whole;
        var process = pgDump();
        try (var out = process.getInputStream()) {
            whole = out.readAllBytes();
        }
        var random = new Random(5);
        var lengths = random.ints(20, 0, whole.length).boxed().toList();

        for (int length :
                Stream.concat(lengths.stream(), Stream.of(whole.length - 1)).toList()) {
            var cut = new ByteArrayInputStream(Arrays.copyOf(whole, length));
            var directory = temporary.resolve("cut " + length);
            assertThatExceptionOfType(BrokenArchiveException.class)
                    .as("cut after %d of %d bytes", length, whole.length)
                    .isThrownBy(() -> new DirectoryRepacker(2).repack(cut, directory, (bytes, tables) -> {}, stop));
        }
    }

    private Path repacked(DirectoryRepacker repacker) throws IOException, InterruptedException {
        var directory = temporary.resolve("database");
        var process = pgDump();
        try (InputStream archive = process.getInputStream()) {
            repacker.repack(archive, directory, (bytes, tables) -> {}, stop);
        }
        assertThat(process.waitFor()).isZero();
        return directory;
    }

    private static Process pgDump() throws IOException {
        return tools.command("pg_dump", "--format=custom", "--compress=0", "shop")
                .start();
    }

    /** The list of contents but for its heading, which names the format. */
    private static List<String> entries(Path archive) throws Exception {
        return tools.lines("pg_restore", "--list", archive.toString()).stream()
                .filter(line -> !line.startsWith(";"))
                .toList();
    }
}
