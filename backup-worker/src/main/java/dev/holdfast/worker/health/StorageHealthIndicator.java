package dev.holdfast.worker.health;

import dev.holdfast.common.failure.Failure;
import dev.holdfast.worker.storage.BackupStore;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Says whether backups can be written, to whoever decides by health. It never looks itself: a probe must not wait for a disk. */
@Component
class StorageHealthIndicator implements HealthIndicator {
    private final StorageHealth health;
    private final BackupStore store;

    StorageHealthIndicator(StorageHealth health, BackupStore store) {
        this.health = health;
        this.store = store;
    }

    @Override
    public Health health() {
        if (health.hangs()) {
            return Health.down()
                    .withDetail("root", store.root().toString())
                    .withDetail("summary", "the volume does not answer; see its server, or the disk")
                    .build();
        }
        return health.finding()
                .map(finding -> finding.failure().map(this::down).orElseGet(this::up))
                .orElseGet(() -> Health.outOfService().build());
    }

    private Health up() {
        return Health.up().withDetail("root", store.root().toString()).build();
    }

    private Health down(Failure failure) {
        return Health.down()
                .withDetail("root", store.root().toString())
                .withDetail("code", failure.code().name())
                .withDetail("summary", failure.summary())
                .build();
    }
}
