package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a first {@code ./holdfast deploy} gives: nothing of the old incident can happen. */
@EnabledIfEnvironmentVariable(named = "HOLDFAST_CONTAINER_TESTS", matches = "true")
@ExtendWith(SharedStack.class)
class FreshVolumeE2E {
    private static final long MOST_OVER_BASE = 150_000_000;

    private final Stack stack;

    FreshVolumeE2E(Stack stack) {
        this.stack = stack;
    }

    @Test
    void a_fresh_volume_can_be_written_to_at_once() {
        var backup = stack.rest().backUp("shop");

        assertThat(backup.path("path").asString()).matches("/app/backups/shop/shop_backup_\\d{8}_\\d{6}_[0-9a-f]{8}");
        assertThat(backup.path("attempt").asInt()).isEqualTo(1);
    }

    @Test
    void the_worker_is_user_1001_from_the_first_process_and_owns_its_directories() {
        assertThat(stack.inWorker("id").succeeded().output()).startsWith("uid=1001(appuser) gid=1001(appuser)");
        assertThat(stack.inWorker("ls", "-la", "/app/backups")
                        .succeeded()
                        .output()
                        .lines()
                        .skip(1)
                        .findFirst())
                .hasValueSatisfying(line -> assertThat(line).matches("drwxr-x--- .* appuser +appuser .* \\."));
        assertThat(stack.onVolume("stat -c '%u:%g' .").succeeded().output().strip())
                .isEqualTo("1001:1001");
        assertThat(stack.inWorker("cat", "/proc/1/status").succeeded().output().lines())
                .anyMatch(line -> line.matches("Uid:\\s+1001\\s+1001\\s+1001\\s+1001"));
        for (var name : List.of("/app/logs", "/app/media", "/app/backups")) {
            assertThat(Command.docker(
                                    "run",
                                    "--rm",
                                    "--entrypoint",
                                    "stat",
                                    "holdfast-backup-worker:" + Stack.VERSION,
                                    "-c",
                                    "%u:%g",
                                    name)
                            .succeeded()
                            .output()
                            .strip())
                    .as(name)
                    .isEqualTo("1001:1001");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "backup-worker", "notification-service"})
    void a_container_can_do_no_more_than_it_must(String service) {
        var settings = Command.docker(
                        "inspect",
                        "-f",
                        "{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}} {{.HostConfig.Privileged}}",
                        stack.container(service))
                .succeeded()
                .output()
                .strip();

        assertThat(settings).isEqualTo("1001:1001 true [ALL] [no-new-privileges:true] false");
        assertThat(stack.compose("exec", "-T", service, "bash", "-c", "touch /app/x")
                        .failed()
                        .output())
                .contains("Read-only file system");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "backup-worker", "notification-service"})
    void an_image_is_small_and_says_what_it_is(String service) {
        var image = "holdfast-%s:%s".formatted(service, Stack.VERSION);
        long over = size(image) - size("eclipse-temurin:25-jre");

        System.out.printf("%s: %.1f MB over its base%n", image, over / 1e6);
        assertThat(over).isLessThan(MOST_OVER_BASE);
        assertThat(Command.docker("inspect", "-f", "{{json .Config.Labels}}", image)
                        .output())
                .contains("org.opencontainers.image.title\":\"holdfast-" + service)
                .contains("org.opencontainers.image.version\":\"" + Stack.VERSION);
        assertThat(Command.docker("inspect", "-f", "{{json .Config.Healthcheck}}", image)
                        .output())
                .contains("readiness");
    }

    @Test
    void only_the_api_has_a_port_and_only_on_this_machine() {
        var ports = Stream.of("api-service", "backup-worker", "notification-service", "postgres", "rabbitmq")
                .map(service -> Command.docker(
                                "inspect",
                                "-f",
                                "{{range $port, $on := .HostConfig.PortBindings}}{{$port}} {{range $on}}{{.HostIp}}{{end}}{{end}}",
                                stack.container(service))
                        .succeeded()
                        .output()
                        .strip());

        assertThat(ports).containsExactly("8080/tcp 127.0.0.1", "", "", "", "");
    }

    @Test
    void each_service_has_a_broker_user_of_its_own_and_there_is_no_guest() {
        var users = stack.compose("exec", "-T", "rabbitmq", "rabbitmqctl", "-q", "list_users")
                .succeeded()
                .output();

        assertThat(users)
                .contains("holdfast-api", "holdfast-worker", "holdfast-notification")
                .doesNotContain("guest");
        var rights = stack.compose("exec", "-T", "rabbitmq", "rabbitmqctl", "-q", "list_permissions", "-p", "holdfast")
                .succeeded()
                .output();
        assertThat(rights.lines().filter(line -> line.startsWith("holdfast-")))
                .hasSize(3)
                .noneMatch(line -> line.contains("\t.*"));
    }

    @Test
    void passwords_are_random_and_a_second_deploy_keeps_them() {
        var before = stack.environmentText();
        assertThat(before).containsPattern("POSTGRES_PASSWORD=[A-Za-z0-9]{32}");

        stack.holdfast("deploy", Stack.VERSION).succeeded();

        assertThat(stack.environmentText()).isEqualTo(before);
    }

    @Test
    void a_broker_of_an_earlier_version_gets_its_new_rights_without_a_restart() {
        var container = stack.container("rabbitmq");
        broker(
                "rabbitmqctl",
                "-q",
                "set_topic_permissions",
                "-p",
                "holdfast",
                "holdfast-api",
                "holdfast.events",
                "^none$",
                ".*");
        broker("bash", "-c", "echo '{}' > /tmp/holdfast/definitions.json");

        stack.holdfast("deploy", Stack.VERSION).succeeded();

        assertThat(broker("rabbitmqctl", "-q", "list_topic_permissions", "-p", "holdfast"))
                .contains("source\\.deleted");
        assertThat(stack.container("rabbitmq")).isEqualTo(container);
    }

    private String broker(String... words) {
        return stack.compose(Stream.concat(Stream.of("exec", "-T", "rabbitmq"), Stream.of(words))
                        .toArray(String[]::new))
                .succeeded()
                .output();
    }

    @Test
    void the_doctor_finds_nothing() {
        var outside = stack.holdfast("doctor", "--docker").succeeded().output();

        assertThat(outside.lines().filter(line -> line.startsWith("PASS"))).hasSize(5);
        assertThat(stack.rest().get("/api/v1/doctor").path("status").asString()).isEqualTo("pass");
    }

    private static long size(String image) {
        return Long.parseLong(Command.docker("image", "inspect", "-f", "{{.Size}}", image)
                .succeeded()
                .output()
                .strip());
    }
}
