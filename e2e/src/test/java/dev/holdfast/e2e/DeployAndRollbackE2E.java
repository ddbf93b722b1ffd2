package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/** From one version to the next and back, with the catalogue and the volume still good. */
@EnabledIfEnvironmentVariable(named = "HOLDFAST_CONTAINER_TESTS", matches = "true")
@ExtendWith(SharedStack.class)
class DeployAndRollbackE2E {
    private final Stack stack;

    DeployAndRollbackE2E(Stack stack) {
        this.stack = stack;
    }

    @AfterEach
    void asItWas() {
        stack.holdfast("deploy", Stack.VERSION).succeeded();
    }

    @Test
    void backups_of_both_versions_are_there_before_and_after() {
        var first = stack.rest().backUp("shop");
        assertThat(stack.holdfast("deploy", Stack.NEXT_VERSION).succeeded().output())
                .contains("Holdfast " + Stack.NEXT_VERSION + " runs");
        var second = stack.rest().backUp("shop");
        // What a newer version may have done to its schema.
        stack.compose("exec", "-T", "postgres", "psql", "-X", "-q", "-U", "postgres", "-d", "holdfast", "-c", """
                alter table api.backup add column of_tomorrow text;
                insert into api.flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                select max(installed_rank) + 1, '999', 'of tomorrow', 'SQL', 'V999__of_tomorrow.sql', 1, 'test', 1, true from api.flyway_schema_history
                """)
                .succeeded();

        var rollback = stack.holdfast("rollback", Stack.VERSION).succeeded().output();

        assertThat(rollback).contains("The catalogue can be read");
        assertThat(Command.docker("inspect", "-f", "{{.Config.Image}}", stack.container("api-service"))
                        .output()
                        .strip())
                .isEqualTo("holdfast-api-service:" + Stack.VERSION);
        for (var backup :
                new String[] {first.path("id").asString(), second.path("id").asString()}) {
            assertThat(stack.rest().backup(backup).path("status").asString()).isEqualTo("completed");
            assertThat(stack.rest().text("/api/v1/backups/" + backup + "/artifacts/backup.log"))
                    .isNotEmpty();
        }
        stack.rest().backUp("shop");
        stack.compose(
                        "exec",
                        "-T",
                        "postgres",
                        "psql",
                        "-X",
                        "-q",
                        "-U",
                        "postgres",
                        "-d",
                        "holdfast",
                        "-c",
                        "alter table api.backup drop column of_tomorrow; delete from api.flyway_schema_history where version = '999'")
                .succeeded();
    }

    @Test
    void a_version_that_does_not_become_healthy_says_so_and_how_to_go_back() {
        for (var service : new String[] {"api-service", "notification-service"}) {
            Command.docker(
                            "tag",
                            "holdfast-%s:%s".formatted(service, Stack.VERSION),
                            "holdfast-%s:e2e-broken".formatted(service))
                    .succeeded();
        }
        // An image whose process never listens.
        var broken = stack.shell(
                "printf 'FROM holdfast-backup-worker:%s\nENTRYPOINT [\"false\"]\n' | docker build -q -t holdfast-backup-worker:e2e-broken -"
                        .formatted(Stack.VERSION));
        broken.succeeded();

        var deploy = stack.holdfast("deploy", "e2e-broken", "--timeout", "45")
                .failed()
                .output();

        assertThat(deploy).contains("backup-worker is not healthy").contains("./holdfast rollback " + Stack.VERSION);
        // VERSION=e2e-1 docker compose up -d, as the harness sets it.
        stack.compose("up", "-d", "--no-build", "--wait", "--wait-timeout", "120")
                .succeeded();
        stack.rest().backUp("shop");
    }

    @Test
    void a_version_that_is_not_there_is_refused_with_those_that_are() {
        assertThat(stack.holdfast("rollback", "of-yesterday").failed().output())
                .contains("no images of version of-yesterday")
                .contains(Stack.VERSION);
    }
}
