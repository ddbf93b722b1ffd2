package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Development: the same images with a debugger, and a directory of the host in the place of the volume. */
@EnabledIfEnvironmentVariable(named = "HOLDFAST_CONTAINER_TESTS", matches = "true")
class BindMountE2E {
    private static final File BACKUPS = new File("../dev_backups");
    private static final String DEVELOPMENT = "e2e-dev";

    @TempDir
    private static Path directory;

    private static Stack stack;
    private static Shop shop;

    @BeforeAll
    static void deploy() {
        assumeThat(BACKUPS).as("somebody's own backups lie in dev_backups").doesNotExist();
        stack = Stack.prepare("hf-e2e-dev", directory);
        stack.holdfast("deploy", DEVELOPMENT, "--dev", "--build").succeeded();
        shop = Shop.start(stack.project());
        stack.rest().haveSource("shop");
    }

    @AfterAll
    static void remove() {
        if (stack != null) {
            stack.shell("rm -rf dev_backups");
            shop.close();
            stack.close();
        }
    }

    @Test
    void a_directory_of_the_host_works_at_once_also_after_it_belonged_to_somebody_else() {
        assertThat(stack.rest().backUp("shop").path("path").asString()).startsWith("/app/backups/shop/");
        assertThat(new File(BACKUPS, "shop")).isDirectory();

        stack.shell("chown -R 4711:4711 dev_backups").succeeded();
        var failed = stack.rest().await(stack.rest().request("shop"), "failed");
        assertThat(failed.path("failure").path("code").asString()).isEqualTo("STORAGE_PERMISSION_DENIED");
        assertThat(failed.path("failure").path("detail").asString()).contains("4711", "uid 1001");

        stack.holdfast("volume", "repair").succeeded();

        assertThat(stack.rest()
                        .await(failed.path("id").asString(), "completed")
                        .path("attempt")
                        .asInt())
                .isEqualTo(2);
        assertThat(stack.holdfast("volume", "reset", "--yes").failed().output()).contains("yours to delete");
    }
}
