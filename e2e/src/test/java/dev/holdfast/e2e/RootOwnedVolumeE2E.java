package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The incident of 2025-10-27: a volume that root owns, a container that is not root. One story, told in its order. */
@EnabledIfEnvironmentVariable(named = "HOLDFAST_CONTAINER_TESTS", matches = "true")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RootOwnedVolumeE2E {
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(5);

    @TempDir
    private static Path directory;

    private static Stack stack;
    private static Shop shop;
    private static String failed = "";

    @BeforeAll
    static void aVolumeThatAnOldImageHasMade() {
        stack = Stack.prepare("hf-e2e-root", directory);
        stack.createVolume();
        stack.onVolume("echo old > old_backup.dump; chown -R 0:0 .; chmod 755 .")
                .succeeded();
    }

    @AfterAll
    static void remove() {
        if (shop != null) {
            shop.close();
        }
        stack.close();
    }

    @Test
    @Order(1)
    void deploy_says_that_the_volume_refuses_and_what_to_type() {
        var deploy = stack.holdfast("deploy", Stack.VERSION).failed().output();

        assertThat(deploy)
                .contains("backup-worker is not healthy: STORAGE_PERMISSION_DENIED")
                .contains("./holdfast volume repair");
        shop = Shop.start(stack.project());
    }

    @Test
    @Order(2)
    void the_alert_is_there_before_any_backup_ran_into_it() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(stack.alerts().mails("[FAILED]")).hasSize(1);
            assertThat(stack.alerts().posts("FAILED")).hasSize(1);
        });
    }

    @Test
    @Order(3)
    void a_backup_fails_at_once_with_the_whole_story_in_its_record_and_its_log() {
        stack.rest().haveSource("shop");

        failed = stack.rest().request("shop");
        var backup = stack.rest().await(failed, "failed");

        var failure = backup.path("failure");
        assertThat(failure.path("code").asString()).isEqualTo("STORAGE_PERMISSION_DENIED");
        assertThat(failure.path("detail").asString())
                .contains("Permission denied", "/app/backups is owned by 0:0", "0755", "uid 1001", stack.volume());
        var remedies = failure.path("remedies").valueStream().toList();
        var commands = remedies.stream()
                .map(remedy -> remedy.path("commands").toString())
                .toList();
        assertThat(commands.stream().filter(text -> text.contains("./holdfast volume repair")))
                .isNotEmpty();
        assertThat(remedies.getLast().path("destructive").asBoolean()).isTrue();
        assertThat(remedies.stream().limit(remedies.size() - 1L))
                .noneMatch(remedy -> remedy.path("destructive").asBoolean());
        assertThat(remedies.getLast().toString()).contains("./holdfast volume reset");
        assertThat(stack.rest().text("/api/v1/backups/" + failed + "/log"))
                .containsPattern("\"/app/backups[^\"]*\": Permission denied")
                .contains("STORAGE_PERMISSION_DENIED");
    }

    @Test
    @Order(4)
    void both_doctors_tell_the_same_story() {
        var doctor = stack.rest().get("/api/v1/doctor");

        assertThat(doctor.path("status").asString()).isEqualTo("fail");
        assertThat(status(doctor, "container-user")).isEqualTo("pass");
        assertThat(status(doctor, "directory-permissions")).isEqualTo("fail");
        assertThat(status(doctor, "volume-ownership")).isEqualTo("fail");
        assertThat(status(doctor, "failed-backup-log")).isEqualTo("fail");
        var outside = stack.holdfast("doctor", "--docker").failed().output();
        assertThat(outside)
                .containsPattern("PASS +container-user")
                .containsPattern("FAIL +directory-permissions")
                .containsPattern("FAIL +volume-ownership")
                .containsPattern("FAIL +worker-log")
                .containsPattern("FAIL +failed-backup-log")
                .contains("./holdfast volume repair", "Permission denied");
    }

    @Test
    @Order(5)
    void however_many_backups_hit_it_there_is_one_alert() {
        for (int i = 0; i < 5; i++) {
            stack.rest().await(stack.rest().request("shop"), "failed");
        }

        var alerts = stack.rest().get("/api/v1/alerts?state=open").path("items");
        assertThat(alerts.size()).isEqualTo(1);
        assertThat(alerts.get(0).path("permission").asBoolean()).isTrue();
        assertThat(stack.alerts().mails("[FAILED]")).hasSize(1);
        var mail = Alerts.textOf(stack.alerts().mails("[FAILED]").getFirst());
        assertThat(mail).contains("/app/backups").contains("volume repair");
    }

    @Test
    @Order(6)
    void the_printed_command_repairs_it_and_the_rest_happens_by_itself() {
        var command = stack.rest()
                .backup(failed)
                .path("failure")
                .path("remedies")
                .valueStream()
                .flatMap(remedy -> remedy.path("commands").valueStream())
                .map(JsonNode::asString)
                .filter(line -> line.contains("volume repair"))
                .findFirst()
                .orElseThrow();

        var others = startedAt("api-service", "notification-service", "postgres", "rabbitmq");
        var began = Instant.now();
        var repair = stack.shell(command).succeeded().output();
        var repaired = Instant.now();

        assertThat(repair).contains("Repaired the volume " + stack.volume());
        assertThat(startedAt("api-service", "notification-service", "postgres", "rabbitmq"))
                .as("only what writes is stopped")
                .isEqualTo(others);
        var backup = stack.rest().await(failed, "completed");
        System.out.printf(
                "repair took %d ms; the failed backup was complete %d ms after it%n",
                Duration.between(began, repaired).toMillis(),
                Duration.between(repaired, Instant.now()).toMillis());
        assertThat(backup.path("attempt").asInt()).isEqualTo(2);
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(stack.rest()
                            .get("/api/v1/alerts?state=open")
                            .path("items")
                            .size())
                    .isZero();
            assertThat(stack.alerts().mails("[RESOLVED]")).hasSize(1);
            assertThat(stack.alerts().posts("RESOLVED")).hasSize(1);
            assertThat(stack.rest()
                            .get("/api/v1/backups?status=failed")
                            .path("items")
                            .size())
                    .isZero();
        });
        assertThat(stack.onVolume("cat old_backup.dump; stat -c '%u:%g %a' . old_backup.dump")
                        .output())
                .isEqualTo("old\n1001:1001 750\n1001:1001 640\n");
        stack.holdfast("doctor", "--docker").succeeded();
        assertThat(stack.backupByCommandLine().succeeded().output()).contains("Completed after", "database.dump");
    }

    @Test
    @Order(7)
    void a_volume_that_breaks_later_is_told_of_within_five_seconds_and_a_repair_keeps_every_hash() {
        var before = hashes();
        stack.onVolume("chown -R 0:0 .; chmod 755 .").succeeded();

        var requested = Instant.now();
        var hit = stack.rest().request("shop");
        Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .atMost(TOLD_WITHIN)
                .untilAsserted(() -> {
                    assertThat(stack.alerts().mails("[FAILED]")).hasSize(2);
                    assertThat(stack.alerts().posts("FAILED")).hasSize(2);
                });
        System.out.printf(
                "from the request that met the error to mail and Slack: %d ms%n",
                Duration.between(requested, Instant.now()).toMillis());
        var repair = stack.holdfast("volume", "repair").succeeded().output();

        assertThat(repair).contains("sizes and manifests unchanged");
        stack.rest().await(hit, "completed");
        assertThat(hashes().lines()).containsAll(before.lines().toList());
        var listed = stack.rest().get("/api/v1/backups?status=completed").path("items");
        assertThat(listed.size()).isEqualTo(8);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(stack.alerts().mails("[RESOLVED]")).hasSize(2));
    }

    private static List<String> startedAt(String... services) {
        return Arrays.stream(services)
                .map(service -> Command.docker("inspect", "-f", "{{.State.StartedAt}}", stack.container(service))
                        .succeeded()
                        .output())
                .toList();
    }

    private static String hashes() {
        return stack.onVolume(
                        "find . -type f ! -path './.part/*' ! -name '.holdfast*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum")
                .succeeded()
                .output()
                .lines()
                .collect(Collectors.joining("\n"));
    }

    private static String status(JsonNode doctor, String check) {
        return doctor.path("checks")
                .valueStream()
                .filter(one -> one.path("name").asString().equals(check))
                .map(one -> one.path("status").asString())
                .findFirst()
                .orElseThrow();
    }
}
