package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/** A volume that is taken away while the worker runs: an empty directory in its place must not look like one. */
@EnabledIfEnvironmentVariable(named = "HOLDFAST_CONTAINER_TESTS", matches = "true")
@ExtendWith(SharedStack.class)
class VanishedVolumeE2E {
    private final Stack stack;

    VanishedVolumeE2E(Stack stack) {
        this.stack = stack;
    }

    @AfterEach
    void mountItAgain() {
        stack.compose("rm", "-sf", "backup-worker").succeeded();
        stack.holdfast("deploy", Stack.VERSION).succeeded();
    }

    @Test
    void backups_fail_until_it_is_back_and_then_go_on_with_what_was_there() {
        var before = stack.rest().backUp("shop");

        stack.inMountsOfWorker("umount -l /app/backups").succeeded();

        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(stack.rest()
                                .get("/api/v1/doctor")
                                .path("status")
                                .asString())
                        .isEqualTo("fail"));
        var failure = stack.rest().await(stack.rest().request("shop"), "failed").path("failure");
        assertThat(failure.path("code").asString()).isEqualTo("STORAGE_MISSING");
        stack.compose("rm", "-sf", "backup-worker").succeeded();
        stack.holdfast("deploy", Stack.VERSION).succeeded();
        assertThat(stack.inWorker("ls", before.path("path").asString())
                        .succeeded()
                        .output())
                .contains("manifest.json");
        assertThat(stack.rest().backUp("shop").path("attempt").asInt()).isEqualTo(1);
    }
}
