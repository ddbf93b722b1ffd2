package dev.holdfast.worker.health;

import dev.holdfast.worker.advice.StorageAdvice;
import dev.holdfast.worker.job.JobFixture;
import dev.holdfast.worker.place.WorkerName;
import dev.holdfast.worker.storage.BackupStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** One worker's view of the storage's health, on a real database. */
public final class HealthFixture {
    private HealthFixture() {}

    public static StorageHealth aWorker(String name, JobFixture job, BackupStore store, StorageAdvice advice) {
        return new StorageHealth(store, job.jobs, advice, aLedger(name, job, store), new SimpleMeterRegistry());
    }

    static StorageLedger aLedger(String name, JobFixture job, BackupStore store) {
        return new StorageLedger(
                new HealthRows(
                        JdbcClient.create(JobFixture.dataSource()),
                        JsonMapper.builder().build()),
                job.outbox,
                new DataSourceTransactionManager(JobFixture.dataSource()),
                store,
                new WorkerName(name),
                Clock.systemUTC());
    }
}
