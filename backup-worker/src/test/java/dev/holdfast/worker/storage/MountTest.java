package dev.holdfast.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /var/lib/docker/volumes/holdfast_backup_files/_data /app/backups rw - ext4 /dev/vda1 rw | NAMED_VOLUME | holdfast_backup_files
            /volumes/files/_data /app/backups rw - ext4 /dev/vdb rw | NAMED_VOLUME | files
            /home/me/.local/share/containers/storage/volumes/files/_data /b rw - btrfs /dev/vdb rw | NAMED_VOLUME | files
            /srv/backups /app/backups rw - ext4 /dev/vda1 rw | BIND |
            / /app/backups rw - nfs4 nas:/export rw | NETWORK |
            / /app/backups rw - tmpfs tmpfs rw | TMPFS |
            / / rw - overlay overlay rw | CONTAINER_LAYER |
            / /data rw - xfs /dev/sdb rw | DISK |
            /@home /home rw - btrfs /dev/sda rw,subvol=/@home | DISK |
            /var/lib/kubelet/pods/1-2/volumes/kubernetes.io~empty-dir/files /b rw - ext4 /dev/vda1 rw | CLAIM |
            """)
    void what_is_mounted_shows_in_the_line(String line, MountKind kind, String volume) {
        var mount = Mount.parse("36 35 98:0 " + line);

        assertThat(mount.kind()).isEqualTo(kind);
        assertThat(mount.volume()).isEqualTo(Optional.ofNullable(volume));
    }

    @Test
    void a_mapping_of_ids_that_is_no_identity_is_suspected() {
        assertThat(Suspicions.isIdentity("         0          0 4294967295\n")).isTrue();
        assertThat(Suspicions.isIdentity("")).isTrue();
        assertThat(Suspicions.isIdentity("         0     100000      65536\n")).isFalse();
    }
}
