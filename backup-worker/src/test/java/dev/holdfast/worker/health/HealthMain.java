package dev.holdfast.worker.health;

import dev.holdfast.worker.advice.Advice;
import dev.holdfast.worker.job.RecordingOutbox;
import dev.holdfast.worker.job.TestJobs;
import dev.holdfast.worker.place.Places;
import dev.holdfast.worker.storage.Stores;
import java.nio.file.Path;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks at a root once, as a worker in Compose, and prints what it finds and tells; for tests that run it as another user. */
public final class HealthMain {
    private HealthMain() {}

    public static void main(String[] arguments) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(arguments[1]);
        var jdbc = JdbcClient.create(dataSource);
        var store = Stores.remembering(Path.of(arguments[0]), jdbc);
        var outbox = new RecordingOutbox();
        var advice = Advice.at(Places.compose(), store, TestJobs.history(jdbc));

        var found =
                HealthFixture.aWorker("w1", dataSource, outbox, store, advice).check();

        found.ifPresent(failure -> {
            System.out.println(failure.code() + " " + failure.summary());
            System.out.println(failure.detail());
            failure.remedies()
                    .forEach(remedy -> System.out.println((remedy.destructive() ? "DESTRUCTIVE " : "") + remedy.title()
                            + "\n" + String.join("\n", remedy.commands())));
        });
        outbox.events()
                .forEach(event -> System.out.println("event " + event.getClass().getSimpleName()));
    }
}
