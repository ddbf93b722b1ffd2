package dev.holdfast.worker.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.failure.Remedy;
import dev.holdfast.worker.place.Place;
import dev.holdfast.worker.place.PlaceKind;
import dev.holdfast.worker.place.Places;
import dev.holdfast.worker.storage.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnershipRemediesTest {
    private static final Path ROOT = Path.of("/app/backups");
    private static final Mount VOLUME =
            new Mount(ROOT, "/var/lib/docker/volumes/my_files/_data", "ext4", "/dev/vda1", "rw,relatime", "rw");
    private static final Mount BIND = new Mount(ROOT, "/srv/my backups", "ext4", "/dev/vda1", "rw,relatime", "rw");

    @Test
    void compose_is_told_to_repair_first_and_what_a_reset_would_delete_last() {
        var remedies = remedies(Places.compose(), Optional.of(VOLUME), ROOT);

        assertThat(remedies.get(1).commands()).containsExactly("./holdfast volume repair");
        assertThat(remedies.get(2).commands())
                .containsExactly(
                        "docker compose -p holdfast stop backup-worker",
                        "docker run --rm -v my_files:/app/backups alpine:latest sh -c 'chown -R 1001:1001 /app/backups"
                                + " && find /app/backups -type d -exec chmod 750 {} +"
                                + " && find /app/backups -type f -exec chmod 640 {} +'",
                        "docker compose -p holdfast start backup-worker");
        assertThat(remedies.getLast())
                .isEqualTo(new Remedy(
                        "Option A, only if the backups are not needed: start with an empty volume my_files; this deletes"
                                + " 2 backups: a, b",
                        List.of("./holdfast volume reset"),
                        true));
        assertThat(remedies).filteredOn(Remedy::destructive).hasSize(1);
    }

    @Test
    void docker_is_told_the_volume_by_its_name() {
        var remedies = remedies(place(PlaceKind.DOCKER), Optional.of(VOLUME), ROOT);

        assertThat(remedies.get(1).commands().getFirst())
                .startsWith("docker run --rm -v my_files:/app/backups alpine:latest");
        assertThat(remedies.getLast().commands()).containsExactly("docker volume rm my_files");
    }

    @Test
    void a_bind_mount_is_mended_without_guessing_where_it_lies_on_the_host() {
        var remedies = remedies(place(PlaceKind.DOCKER), Optional.of(BIND), ROOT.resolve("shop"));

        assertThat(remedies.get(1).commands().getFirst())
                .startsWith("docker run --rm --user 0 --volumes-from ")
                .endsWith("alpine:latest sh -c 'chown -R 1001:1001 /app/backups && find /app/backups -type d -exec"
                        + " chmod 750 {} + && find /app/backups -type f -exec chmod 640 {} +'");
        assertThat(remedies.getLast().destructive()).isTrue();
        assertThat(remedies).noneMatch(remedy -> remedy.commands().toString().contains("/srv"));
    }

    @Test
    void the_launcher_mends_a_bind_mount_of_compose_as_well() {
        var remedies = remedies(Places.compose(), Optional.of(BIND), ROOT.resolve("shop"));

        assertThat(remedies.get(1).commands()).containsExactly("./holdfast volume repair");
    }

    @Test
    void kubernetes_is_told_the_group_of_the_pod() {
        var remedies = remedies(place(PlaceKind.KUBERNETES), Optional.empty(), ROOT);

        assertThat(remedies.get(1).commands())
                .containsExactly("kubectl patch deployment/backup-worker --type merge -p"
                        + " '{\"spec\":{\"template\":{\"spec\":{\"securityContext\":{\"fsGroup\":1001,"
                        + "\"fsGroupChangePolicy\":\"OnRootMismatch\"}}}}}'");
        assertThat(remedies.getLast().destructive()).isTrue();
    }

    @Test
    void a_machine_is_told_the_path_that_refuses_and_moves_the_old_directory_aside() {
        var remedies = remedies(Place.plain(), Optional.empty(), ROOT.resolve("shop"));

        assertThat(remedies.get(1).commands())
                .containsExactly(
                        "sudo chown -R 1001:1001 /app/backups/shop", "sudo chmod -R u=rwX,g=rX,o= /app/backups/shop");
        assertThat(remedies.getLast().commands())
                .containsExactly(
                        "sudo mv /app/backups /app/backups.aside",
                        "sudo install -d -o 1001 -g 1001 -m 0750 /app/backups");
    }

    @Test
    void a_container_without_a_volume_is_told_to_have_one() {
        var layer = new Mount(Path.of("/"), "/", "overlay", "overlay", "rw", "rw");

        var remedies = remedies(place(PlaceKind.DOCKER), Optional.of(layer), ROOT);

        assertThat(remedies.getLast().commands().getFirst()).contains("-v holdfast_backup_files:/app/backups");
    }

    @Test
    void what_would_be_lost_is_named_up_to_ten() {
        assertThat(Loss.words(List.of(), 0)).isEqualTo("no completed backup is known to be in it");
        assertThat(Loss.words(List.of(Path.of("/r/shop/a")), 1)).isEqualTo("1 backup: a");
        assertThat(Loss.words(List.of(Path.of("/r/shop/a"), Path.of("/r/shop/b")), 12))
                .isEqualTo("12 backups: a, b and 10 more");
    }

    private static Place place(PlaceKind kind) {
        return new Place(kind, null, null, null);
    }

    private static List<Remedy> remedies(Place place, Optional<Mount> mount, Path path) {
        return new OwnershipRemedies(new Situation(place, ROOT, path, mount, "1001:1001", "2 backups: a, b")).list();
    }
}
