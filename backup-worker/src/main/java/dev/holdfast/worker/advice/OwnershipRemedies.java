package dev.holdfast.worker.advice;

import static dev.holdfast.common.failure.ShellWord.quote;

import dev.holdfast.common.failure.Remedy;
import dev.holdfast.worker.storage.MountKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to type where a directory belongs to somebody else: look first, then keep the backups, and only then start with an empty
 * volume, which says what it deletes.
 */
final class OwnershipRemedies {
    private static final String KEEP = "Option B, keeps all backups: ";
    private static final String EMPTY = "Option A, only if the backups are not needed: ";

    private final Situation at;

    OwnershipRemedies(Situation at) {
        this.at = at;
    }

    List<Remedy> list() {
        return switch (at.place().kind()) {
            case COMPOSE -> compose();
            case DOCKER ->
                isInLayer() ? noVolume() : at.volume().map(this::docker).orElseGet(this::mountedInContainer);
            case KUBERNETES -> kubernetes();
            case PLAIN -> plain(at.path().toString(), at.root().toString());
        };
    }

    private boolean isInLayer() {
        return at.mount()
                .filter(mount -> mount.kind() == MountKind.CONTAINER_LAYER)
                .isPresent();
    }

    private List<Remedy> compose() {
        var service = at.place().service();
        var compose = at.place()
                .project()
                .map(name -> "docker compose -p " + quote(name))
                .orElse("docker compose");
        var remedies = new ArrayList<Remedy>();
        remedies.add(new Remedy(
                "See who asks, and who owns the directory",
                List.of(
                        "%s exec %s id".formatted(compose, quote(service)),
                        "%s exec %s ls -lan %s"
                                .formatted(
                                        compose, quote(service), quote(at.root().toString()))),
                false));
        remedies.add(
                new Remedy(KEEP + "give the volume to the worker's user", List.of("./holdfast volume repair"), false));
        at.volume()
                .ifPresent(volume -> remedies.add(new Remedy(
                        "The same by hand",
                        List.of(
                                "%s stop %s".formatted(compose, quote(service)),
                                takeOver(volume),
                                "%s start %s".formatted(compose, quote(service))),
                        false)));
        remedies.add(at.volume()
                .map(volume -> new Remedy(
                        EMPTY + "start with an empty volume %s; this deletes %s".formatted(volume, at.loss()),
                        List.of("./holdfast volume reset"),
                        true))
                .orElseGet(() -> emptied("\"$(%s ps -aq %s)\"".formatted(compose, quote(service)))));
        return remedies;
    }

    /** A directory of the host is its owner's to remove; what is in it can be deleted from another container. */
    private Remedy emptied(String container) {
        return new Remedy(
                EMPTY + "empty the directory; this deletes " + at.loss(),
                List.of(Commands.besides(
                        container,
                        "find %s -mindepth 1 -delete".formatted(quote(at.root().toString())))),
                true);
    }

    private List<Remedy> docker(String volume) {
        var root = at.root().toString();
        return List.of(
                new Remedy(
                        "See who owns it", List.of(Commands.inAlpine(volume, root, "ls -lan " + quote(root))), false),
                new Remedy(KEEP + "give the volume to the worker's user", List.of(takeOver(volume)), false),
                new Remedy(
                        EMPTY
                                + "stop and remove the worker's container, then its volume %s; this deletes %s"
                                        .formatted(volume, at.loss()),
                        List.of("docker volume rm " + quote(volume)),
                        true));
    }

    /**
     * A bind mount: what the host calls the directory can't be told from in here, since a mount names its path within its own file
     * system. So another container takes the mounts of this one.
     */
    private List<Remedy> mountedInContainer() {
        var root = at.root().toString();
        return List.of(
                new Remedy(
                        "See who owns it", List.of(Commands.besides(thisContainer(), "ls -lan " + quote(root))), false),
                new Remedy(
                        KEEP + "give it to the worker's user",
                        List.of(Commands.besides(
                                thisContainer(), "sh -c " + quote(Commands.takeOverScript(at.user(), root)))),
                        false),
                emptied(thisContainer()));
    }

    /** Docker gives a container its id as its host name, and the host name as a variable. */
    private static String thisContainer() {
        return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("<container>");
    }

    private List<Remedy> noVolume() {
        return List.of(
                new Remedy("See what is mounted in the container", List.of("cat /proc/self/mounts"), false),
                new Remedy(
                        "Start the worker with a volume at " + at.root(),
                        List.of("docker run -v holdfast_backup_files:%s ..."
                                .formatted(quote(at.root().toString()))),
                        false));
    }

    private List<Remedy> kubernetes() {
        var kubectl =
                at.place().project().map(name -> "kubectl -n " + quote(name)).orElse("kubectl");
        var workload = quote("deployment/" + at.place().service());
        var group = at.user().substring(at.user().indexOf(':') + 1);
        return List.of(
                new Remedy(
                        "See who asks, and who owns the directory",
                        List.of(
                                "%s exec %s -- id".formatted(kubectl, workload),
                                "%s exec %s -- ls -lan %s"
                                        .formatted(
                                                kubectl,
                                                workload,
                                                quote(at.root().toString()))),
                        false),
                new Remedy(
                        KEEP + "have Kubernetes give the volume to the worker's group",
                        List.of("%s patch %s --type merge -p %s"
                                .formatted(
                                        kubectl,
                                        workload,
                                        quote(
                                                "{\"spec\":{\"template\":{\"spec\":{\"securityContext\":{\"fsGroup\":%s,\"fsGroupChangePolicy\":\"OnRootMismatch\"}}}}}"
                                                        .formatted(group)))),
                        false),
                new Remedy(
                        EMPTY + "make the claim anew; this deletes " + at.loss(),
                        List.of(
                                "%s scale %s --replicas=0".formatted(kubectl, workload),
                                "%s delete pvc %s"
                                        .formatted(
                                                kubectl,
                                                at.volume()
                                                        .map(name -> quote(name))
                                                        .orElse("<claim>"))),
                        true));
    }

    private List<Remedy> plain(String path, String root) {
        return List.of(
                new Remedy("See who owns it, and who is asking", List.of("ls -lnd " + quote(path), "id"), false),
                new Remedy(KEEP + "give it to the worker's user", Commands.takeOver(at.user(), path), false),
                new Remedy(
                        EMPTY + "start with an empty directory; what is in the present one moves aside, with it "
                                + at.loss(),
                        List.of(
                                "sudo mv %s %s".formatted(quote(root), quote(root + ".aside")),
                                "sudo install -d -o %s -g %s -m 0750 %s"
                                        .formatted(
                                                at.user().substring(0, at.user().indexOf(':')),
                                                at.user().substring(at.user().indexOf(':') + 1),
                                                quote(root))),
                        true));
    }

    private String takeOver(String volume) {
        return Commands.inAlpine(
                volume,
                at.root().toString(),
                "sh -c " + quote(Commands.takeOverScript(at.user(), at.root().toString())));
    }
}
