package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/** A volume that nobody can write to, whoever owns it. */
@EnabledIfEnvironmentVariable(named = "HOLDFAST_CONTAINER_TESTS", matches = "true")
@ExtendWith(SharedStack.class)
class ReadOnlyVolumeE2E {
    private final Stack stack;

    ReadOnlyVolumeE2E(Stack stack) {
        this.stack = stack;
    }

    @AfterEach
    void mountItWritable() {
        stack.replaceVolume();
        stack.holdfast("deploy", Stack.VERSION).succeeded();
    }

    @Test
    void it_is_told_apart_from_a_missing_permission() {
        stack.replaceVolume(
                "--driver",
                "local",
                "--opt",
                "type=tmpfs",
                "--opt",
                "device=tmpfs",
                "--opt",
                "o=ro,size=16m,uid=1001,gid=1001");

        var deploy = stack.holdfast("deploy", Stack.VERSION).failed().output();

        assertThat(deploy).contains("STORAGE_READ_ONLY");
        var backup = stack.rest().await(stack.rest().request("shop"), "failed");
        assertThat(backup.path("failure").path("code").asString()).isEqualTo("STORAGE_READ_ONLY");
        assertThat(backup.path("failure").path("detail").asString()).contains("tmpfs", "ro");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                stack.rest().get("/api/v1/alerts?state=open").toString())
                        .contains("STORAGE_READ_ONLY"));
    }
}
