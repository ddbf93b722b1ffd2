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
        stack.compose("rm", "-sf", "backup-worker").succeeded();
        stack.holdfast("deploy", Stack.VERSION).succeeded();
    }

    @Test
    void a_volume_that_turns_read_only_as_after_a_disk_error_is_told_apart_from_a_missing_permission() {
        stack.inMountsOfWorker("mount -o remount,ro,bind /app/backups").succeeded();

        var failure = stack.rest().await(stack.rest().request("shop"), "failed").path("failure");

        assertThat(failure.path("code").asString()).isEqualTo("STORAGE_READ_ONLY");
        assertThat(failure.path("detail").asString()).contains("Read-only file system", stack.volume());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                stack.rest().get("/api/v1/alerts?state=open").toString())
                        .contains("STORAGE_READ_ONLY"));
        assertThat(stack.rest().get("/api/v1/doctor").path("status").asString()).isEqualTo("fail");
    }
}
