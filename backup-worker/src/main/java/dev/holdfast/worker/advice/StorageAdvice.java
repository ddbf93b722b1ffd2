package dev.holdfast.worker.advice;

import static dev.holdfast.common.failure.ShellWord.quote;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.failure.Remedy;
import dev.holdfast.worker.place.Place;
import dev.holdfast.worker.place.PlaceKind;
import dev.holdfast.worker.storage.BackupStore;
import dev.holdfast.worker.storage.Mount;
import dev.holdfast.worker.storage.MountKind;
import dev.holdfast.worker.storage.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Completes the failures of the volume with remedies for the place where this worker runs: the code alone does not know whether
 * a directory is a named volume of Compose or a disk of a machine.
 */
@Component
public class StorageAdvice {
    private static final Set<MountKind> HOSTED = EnumSet.of(MountKind.NAMED_VOLUME);

    private final BackupStore store;
    private final Place place;
    private final Loss loss;

    StorageAdvice(BackupStore store, Place place, Loss loss) {
        this.store = store;
        this.place = place;
        this.loss = loss;
    }

    /** The failure as it is told to people; unchanged where its code has all there is to say. */
    public Failure complete(BackupException e) {
        var failure = e.failure();
        return switch (failure.code()) {
            case STORAGE_PERMISSION_DENIED -> failure.withRemedies(new OwnershipRemedies(situation(e.facts())).list());
            case STORAGE_OPERATION_NOT_PERMITTED -> onHost(failure, e.facts());
            case STORAGE_READ_ONLY, STORAGE_STALE_HANDLE, STORAGE_MISSING -> withNewContainer(failure);
            default -> failure;
        };
    }

    /** What to do about a root that this user may not write to. */
    public List<Remedy> forRoot() {
        return new OwnershipRemedies(situation(Refusal.factsOf(store.root()))).list();
    }

    /** The mount that holds the backups, by the name that the operator knows; for evidence. */
    public String mount() {
        var mount = Mount.of(store.root()).map(Mount::toString).orElse("unknown");
        return place.volume()
                .filter(name -> place.kind().isContainer() && !mount.contains(name))
                .map(name -> mount + ", configured as the volume " + name)
                .orElse(mount);
    }

    private Situation situation(Map<String, String> facts) {
        var root = store.root();
        var refusing = Path.of(facts.getOrDefault("path", root.toString()));
        return new Situation(
                place,
                root,
                // What lies above the root is not the backups', and never to be taken over.
                refusing.startsWith(root) ? refusing : root,
                Mount.of(root),
                facts.getOrDefault("uid", "1001") + ":" + facts.getOrDefault("gid", "1001"),
                loss.inWords());
    }

    /** Flags are taken off by the host's root, who knows the directory by another path than the container does. */
    private Failure onHost(Failure failure, Map<String, String> facts) {
        var path = Path.of(facts.getOrDefault("path", store.root().toString()));
        return Mount.of(path)
                .filter(mount -> place.kind().isContainer() && HOSTED.contains(mount.kind()))
                .map(mount -> Failure.of(failure.code(), "", "", Map.of("path", mount.hostPath(path))))
                .map(there -> failure.withRemedies(there.remedies()))
                .orElse(failure);
    }

    /** A container gets its mounts when it starts, so a broken one is mended by starting it anew. */
    private Failure withNewContainer(Failure failure) {
        if (place.kind() != PlaceKind.COMPOSE) {
            return failure;
        }
        var compose =
                place.project().map(name -> "docker compose -p " + quote(name)).orElse("docker compose");
        var title = failure.code() == FailureCode.STORAGE_READ_ONLY
                ? "Start the worker anew, which mounts its volume again; where docker-compose.yml has :ro at it, take that off first and"
                        + " deploy"
                : "Start the worker anew, which mounts its volume again";
        var remedies = new ArrayList<>(failure.remedies());
        remedies.add(
                Math.min(1, remedies.size()),
                new Remedy(
                        title,
                        // Not up: without VERSION that would start another version.
                        List.of("%s restart %s".formatted(compose, quote(place.service()))),
                        false));
        return failure.withRemedies(remedies);
    }
}
