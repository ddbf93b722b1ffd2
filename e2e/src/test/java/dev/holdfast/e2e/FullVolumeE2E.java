package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/** A volume without room, in bytes or in files. */
@EnabledIfEnvironmentVariable(named = "HOLDFAST_CONTAINER_TESTS", matches = "true")
@ExtendWith(SharedStack.class)
class FullVolumeE2E {
    private final Stack stack;

    FullVolumeE2E(Stack stack) {
        this.stack = stack;
    }

    @AfterEach
    void makeRoom() {
        stack.replaceVolume();
        stack.holdfast("deploy", Stack.VERSION).succeeded();
    }

    @Test
    void a_volume_that_is_too_small_fails_the_backup_and_keeps_nothing_of_it() {
        stack.replaceVolume(
                "--driver",
                "local",
                "--opt",
                "type=tmpfs",
                "--opt",
                "device=tmpfs",
                "--opt",
                "o=size=256k,uid=1001,gid=1001,mode=0750");
        stack.holdfast("deploy", Stack.VERSION).succeeded();

        var backup = stack.rest().await(stack.rest().request("shop"), "failed");

        assertThat(backup.path("failure").path("code").asString()).isEqualTo("STORAGE_FULL");
        assertThat(stack.inWorker("find", "/app/backups", "-name", "*.dump", "-o", "-name", "*.dat*")
                        .succeeded()
                        .output())
                .isEmpty();
    }

    @Test
    void a_volume_without_inodes_says_that_it_is_inodes() {
        stack.replaceVolume(
                "--driver",
                "local",
                "--opt",
                "type=tmpfs",
                "--opt",
                "device=tmpfs",
                "--opt",
                "o=size=64m,nr_inodes=3,uid=1001,gid=1001,mode=0750");

        stack.holdfast("deploy", Stack.VERSION);

        var backup = stack.rest().await(stack.rest().request("shop"), "failed");
        assertThat(backup.path("failure").path("code").asString()).isEqualTo("STORAGE_INODES_EXHAUSTED");
    }
}
