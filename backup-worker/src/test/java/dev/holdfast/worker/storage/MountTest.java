package dev.holdfast.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountTest {
    @Test
    void a_line_of_mountinfo_is_read_with_its_escapes_and_optional_fields() {
        var mount = Mount.parse(
                "36 35 98:0 /mnt1 /mnt/two\\040words\\134x rw,noatime master:1 propagate_from:2 - ext3 /dev/root rw");

        assertThat(mount)
                .isEqualTo(new Mount(Path.of("/mnt/two words\\x"), "/mnt1", "ext3", "/dev/root", "rw,noatime", "rw"));
    }

    @Test
    void the_mount_of_a_path_that_does_not_exist_yet_is_that_of_its_nearest_parent(@TempDir Path directory)
            throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("a b"), "size=1m")) {
            assertThat(Mount.of(tmpfs.directory().resolve("not/there")))
                    .hasValueSatisfying(mount -> assertThat(mount.point()).isEqualTo(tmpfs.directory()))
                    .hasValueSatisfying(mount -> assertThat(mount.type()).isEqualTo("tmpfs"));
        }
    }
}
