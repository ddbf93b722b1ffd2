package dev.holdfast.worker.health;

import dev.holdfast.common.messaging.Outbox;
import dev.holdfast.worker.advice.StorageAdvice;
import dev.holdfast.worker.job.JobFixture;
import dev.holdfast.worker.job.TestJobs;
import dev.holdfast.worker.place.WorkerName;
import dev.holdfast.worker.storage.BackupStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** One worker's view of the storage's health, on a real database. */
public final class HealthFixture {
    private HealthFixture() {}

    public static StorageHealth aWorker(String name, JobFixture job, BackupStore store, StorageAdvice advice) {
        return aWorker(name, JobFixture.dataSource(), job.outbox, store, advice);
    }

    static StorageHealth aWorker(
            String name, DataSource dataSource, Outbox outbox, BackupStore store, StorageAdvice advice) {
        return new StorageHealth(
                store,
                TestJobs.history(JdbcClient.create(dataSource)),
                advice,
                aLedger(name, dataSource, outbox, store),
                new SimpleMeterRegistry(),
                Clock.systemUTC());
    }

    static StorageLedger aLedger(String name, DataSource dataSource, Outbox outbox, BackupStore store) {
        return new StorageLedger(
                new HealthRows(
                        JdbcClient.create(dataSource), JsonMapper.builder().build()),
                outbox,
                new DataSourceTransactionManager(dataSource),
                store,
                new WorkerName(name),
                Clock.systemUTC());
    }
}
