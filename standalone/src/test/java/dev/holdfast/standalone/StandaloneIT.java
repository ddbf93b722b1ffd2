package dev.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.embedded.FreePort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 15, unit = TimeUnit.MINUTES)
class StandaloneIT {
    @TempDir
    static Path directory;

    private static Path data;
    private static Shop shop;
    private static ChildInstance holdfast;

    @BeforeAll
    static void start() throws Exception {
        data = directory.toRealPath().resolve("data");
        shop = new Shop();
        holdfast = ChildInstance.start(data);
    }

    @AfterAll
    static void stop() {
        holdfast.close();
        shop.close();
    }

    @Test
    void a_database_is_backed_up_and_restores_by_hand() throws Exception {
        var source = holdfast.rest()
                .source("shop", shop.server(), Shop.DATABASE, shop.server().password());

        var backup = holdfast.rest().backUp(source);

        assertThat(backup.path("status").asString()).as(backup.toString()).isEqualTo("completed");
        var path = Path.of(backup.path("path").asString());
        assertThat(path).startsWith(data.resolve("backups"));
        assertThat(path.resolve("manifest.json")).isRegularFile();
        shop.assertRestores(path.resolve("database.dump"));
    }

    @Test
    void a_failure_has_its_code_and_leaves_no_file() throws Exception {
        var source = holdfast.rest().source("wrong", shop.server(), Shop.DATABASE, "not the password");

        var backup = holdfast.rest().backUp(source);

        assertThat(backup.path("failure").path("code").asString()).isEqualTo("SOURCE_AUTHENTICATION_FAILED");
        assertThat(data.resolve("backups").resolve("wrong")).doesNotExist();
    }

    @Test
    void an_alert_is_over_when_its_source_is_deleted() throws Exception {
        var source = holdfast.rest()
                .source("mistyped", shop.server(), "shpo", shop.server().password());
        var backup = holdfast.rest().backUp(source).path("id").asString();
        await().atMost(Duration.ofMinutes(1)).until(() -> alertsOf(backup, "open") == 1);

        holdfast.rest().delete("/api/v1/sources/" + source);

        await().atMost(Duration.ofMinutes(1)).until(() -> alertsOf(backup, "resolved") == 1);
        assertThat(alertsOf(backup, "open")).isZero();
        assertThat(holdfast.rest()
                        .get("/api/v1/log?source=" + source + "&type=dev.holdfast.source.deleted.v1")
                        .path("items")
                        .toString())
                .contains("source mistyped deleted; its backups stay");
    }

    @Test
    void media_around_all_that_holdfast_has_hold_none_of_its_own() throws Exception {
        var rest = holdfast.rest();
        var source = rest.source(
                "around", shop.server(), Shop.DATABASE, shop.server().password(), List.of(data));

        var backup = rest.backUp(source, true);

        assertThat(backup.path("status").asString()).as(backup.toString()).isEqualTo("completed");
        var archive = Path.of(backup.path("path").asString()).resolve("media.tar.zst");
        var inside = Path.of("/").relativize(data).toString();
        assertThat(namesIn(archive))
                .contains(inside + "/", inside + "/logs/holdfast.log")
                .noneMatch(name -> name.matches(inside + "/(keys|postgres|broker|run|backups)/.*"));
    }

    @Test
    void after_kill_9_it_starts_again_and_knows_what_it_knew() throws Exception {
        var source = holdfast.rest()
                .source("kept", shop.server(), Shop.DATABASE, shop.server().password());
        var before = holdfast.rest().backUp(source);
        long orphan = postmaster();

        holdfast.kill();
        holdfast = ChildInstance.start(data);

        assertThat(postmaster()).isNotEqualTo(orphan);
        await().atMost(Duration.ofSeconds(10)).until(() -> !isRunning(orphan));
        assertThat(holdfast.rest().get("/api/v1/backups/" + before.path("id").asString()))
                .isEqualTo(before);
        assertThat(holdfast.rest().backUp(source).path("status").asString()).isEqualTo("completed");
    }

    @Test
    void a_second_instance_on_the_same_data_says_so_and_changes_nothing() throws Exception {
        long first = Long.parseLong(Files.readString(data.resolve("run/pid")).strip());

        var second = ChildInstance.launch(data, FreePort.find());

        assertThat(second.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(data.resolve("console.log")).content().contains("another Holdfast is using " + data);
        assertThat(data.resolve("run/pid")).hasContent(Long.toString(first));
        assertThat(holdfast.rest()
                        .get("/actuator/health/readiness")
                        .path("status")
                        .asString())
                .isEqualTo("UP");
    }

    @Test
    void nothing_listens_beyond_this_machine() throws Exception {
        var addresses = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();

        assertThat(addresses).noneMatch(address -> isListening(address, holdfast.port()));
        assertThat(isListening(InetAddress.getLoopbackAddress(), holdfast.port()))
                .isTrue();
    }

    @Test
    void the_log_is_json_and_holds_no_password() throws Exception {
        var log = Files.readString(data.resolve("logs/holdfast.log"));

        assertThat(log.lines()).isNotEmpty().allMatch(line -> line.startsWith("{"));
        assertThat(log)
                .doesNotContain(shop.server().password())
                .doesNotContain(
                        Files.readString(data.resolve("keys/private-password")).strip())
                .doesNotContain(
                        Files.readString(data.resolve("keys/internal-token")).strip());
    }

    private static List<String> namesIn(Path archive) throws Exception {
        var tar = new ProcessBuilder("tar", "--zstd", "-tf", archive.toString())
                .redirectErrorStream(true)
                .start();
        var names = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tar.waitFor()).as(names).isZero();
        return names.lines().toList();
    }

    private static long alertsOf(String backup, String state) throws Exception {
        return holdfast.rest()
                .get("/api/v1/alerts?limit=200&state=" + state)
                .path("items")
                .valueStream()
                .filter(alert -> alert.path("backups").toString().contains(backup))
                .count();
    }

    private static long postmaster() throws Exception {
        return Long.parseLong(Files.readAllLines(data.resolve("postgres/data/postmaster.pid"))
                .getFirst()
                .strip());
    }

    private static boolean isRunning(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private static boolean isListening(InetAddress address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1000);
            return true;
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
