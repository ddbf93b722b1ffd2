package dev.holdfast.worker.doctor;

import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.Remedy;
import dev.holdfast.worker.advice.StorageAdvice;
import dev.holdfast.worker.doctor.DoctorReport.Check;
import dev.holdfast.worker.health.StorageHealth;
import dev.holdfast.worker.place.Place;
import dev.holdfast.worker.storage.BackupStore;
import dev.holdfast.worker.storage.ProcessIdentity;
import dev.holdfast.worker.storage.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** The checks of who asks, what the directory allows, and whose the volume is. */
@Component
class VolumeChecks {
    static final String NO_DATABASE = "the worker's own database does not answer";

    private static final Logger LOG = LoggerFactory.getLogger(VolumeChecks.class);
    private static final String ROOT = "0";

    private final BackupStore store;
    private final StorageHealth health;
    private final StorageAdvice advice;
    private final Place place;

    VolumeChecks(BackupStore store, StorageHealth health, StorageAdvice advice, Place place) {
        this.store = store;
        this.health = health;
        this.advice = advice;
        this.place = place;
    }

    List<Check> run() {
        try {
            var failure = health.check();
            return List.of(user(), permissions(failure), ownership(failure));
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("the doctor can't ask the worker's database", e);
            return List.of(
                    user(), Check.skipped(CheckName.DIRECTORY_PERMISSIONS, NO_DATABASE), ownership(Optional.empty()));
        }
    }

    private Check user() {
        return ProcessIdentity.current()
                .map(who -> Check.of(
                        CheckName.CONTAINER_USER,
                        !(place.kind().isContainer() && who.uid().equals(ROOT)),
                        "%s, user %s".formatted(who, System.getProperty("user.name")),
                        List.of(new Remedy(
                                "Let the container run as appuser, as its image does: take user: off the service in"
                                        + " docker-compose.yml, or set user: \"1001:1001\"",
                                List.of(),
                                false))))
                .orElseGet(() -> Check.skipped(CheckName.CONTAINER_USER, "this system does not tell uids"));
    }

    private Check permissions(Optional<Failure> failure) {
        var listing = Listing.of(store.root());
        return Check.of(
                CheckName.DIRECTORY_PERMISSIONS,
                failure.isEmpty(),
                failure.map(found -> listing + "\n" + found.detail() + "\n" + found.code() + ": " + found.summary())
                        .orElse(listing),
                failure.map(Failure::remedies).orElse(List.of()));
    }

    private Check ownership(Optional<Failure> failure) {
        Path root = store.root();
        return Check.of(
                CheckName.VOLUME_OWNERSHIP,
                Files.isDirectory(root) && Files.isWritable(root) && Files.isExecutable(root),
                new Refusal(root).words() + "\nmount " + advice.mount(),
                failure.map(Failure::remedies).orElseGet(advice::forRoot));
    }
}
