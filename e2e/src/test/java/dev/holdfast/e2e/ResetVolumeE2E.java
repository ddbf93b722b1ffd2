package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/** Option A: a new volume in the place of the old one, with everything on it lost, and only by somebody who said so. */
@EnabledIfEnvironmentVariable(named = "HOLDFAST_CONTAINER_TESTS", matches = "true")
@ExtendWith(SharedStack.class)
class ResetVolumeE2E {
    private final Stack stack;

    ResetVolumeE2E(Stack stack) {
        this.stack = stack;
    }

    @Test
    void without_a_terminal_and_without_yes_nothing_is_deleted() {
        var backup = stack.rest().backUp("shop");

        var refused = stack.holdfast("volume", "reset").failed().output();

        assertThat(refused).contains("--yes");
        assertThat(stack.inWorker("ls", backup.path("path").asString())
                        .succeeded()
                        .output())
                .contains("manifest.json");
    }

    @Test
    void on_a_terminal_it_asks_for_the_volumes_name_and_deletes_nothing_for_another_one() {
        var backup = stack.rest().backUp("shop");

        var asked = stack.shell("printf 'yes\\n' | script -qec './holdfast volume reset' /dev/null")
                .failed()
                .output();

        assertThat(asked)
                .contains("Type the name of the volume to delete it", "that is not its name; nothing was deleted")
                .contains(backup.path("path").asString().replace("/app/backups/", ""));
        assertThat(stack.inWorker("ls", backup.path("path").asString())
                        .succeeded()
                        .output())
                .contains("manifest.json");
    }

    @Test
    void a_reset_lists_what_is_lost_and_backups_work_again_after_it() {
        stack.rest().backUp("shop");
        stack.onVolume("chown -R 0:0 .; chmod 755 .").succeeded();

        var reset = stack.holdfast("volume", "reset", "--yes").succeeded().output();

        assertThat(reset)
                .contains("The volume " + stack.volume() + " will be deleted")
                .containsPattern("shop/shop_backup_\\d+");
        assertThat(stack.onVolume("find . -name manifest.json").succeeded().output())
                .isEmpty();
        assertThat(stack.onVolume("stat -c '%u:%g' .").output().strip()).isEqualTo("1001:1001");
        assertThat(stack.rest().backUp("shop").path("attempt").asInt()).isEqualTo(1);
        assertThat(stack.rest().get("/api/v1/doctor").path("status").asString()).isEqualTo("pass");
    }
}
