package dev.holdfast.worker.run;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.dump.PgClients;
import dev.holdfast.worker.job.Jobs;
import dev.holdfast.worker.media.MediaRoots;
import dev.holdfast.worker.secret.Secrets;
import dev.holdfast.worker.source.SourceAccess;
import dev.holdfast.worker.source.Sources;
import dev.holdfast.worker.storage.BackupStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The steps that come before anything is written: they find in milliseconds what would else fail a dump after an hour. */
@Component
class Preflight {
    private final Secrets secrets;
    private final Sources sources;
    private final PgClients clients;
    private final BackupStore store;
    private final MediaRoots media;
    private final Jobs jobs;

    Preflight(Secrets secrets, Sources sources, PgClients clients, BackupStore store, MediaRoots media, Jobs jobs) {
        this.secrets = secrets;
        this.sources = sources;
        this.clients = clients;
        this.store = store;
        this.media = media;
        this.jobs = jobs;
    }

    /** Opens the password, hides it from everything that is written from here on, and connects. */
    @Nullable
    Reached connect(Run run) {
        if (!run.includesDatabase()) {
            return null;
        }
        var where = run.request().connection();
        run.log().info("connecting to %s:%d as %s".formatted(where.host(), where.port(), where.username()));
        var password = secrets.open(run.request().sealedPassword());
        if (!isNamed(password, run)) {
            run.log().redaction().hide(password);
        }
        var access = new SourceAccess(where, password, "holdfast-" + run.job().id());
        return new Reached(access, sources.open(access, run.stop()));
    }

    /** Whoever has chosen a name for a password that is told anyway: to mask it would leave riddles, and tell what it is. */
    private static boolean isNamed(String password, Run run) {
        var where = run.request().connection();
        return List.of(
                        where.username(),
                        where.database(),
                        where.host(),
                        run.request().sourceName())
                .contains(password);
    }

    void inspectAndChooseTool(Run run, @Nullable Reached source) {
        if (source == null) {
            return;
        }
        var facts = source.session().facts();
        var client = clients.forServer(facts.majorVersion());
        run.target(new BackupTarget(source.access(), facts, client));
        run.progress().expectTables(facts.tableCount());
        run.log()
                .info("server %s, %d tables, %d bytes; taking %s of version %s"
                        .formatted(
                                facts.version(),
                                facts.tableCount(),
                                facts.databaseSizeBytes(),
                                client.pgDump(),
                                client.version()));
    }

    /** What dead attempts of this backup have left goes first: it would count as taken, and may be all the room there is. */
    void checkStorage(Run run) {
        store.clearEarlier(run.job().id(), run.job().attempt());
        store.probe(
                run.request().sourceName(),
                jobs.lastSize(run.request().sourceId()),
                jobs.promisedRoom(run.job().id()));
        run.log().info("storage is writable: " + store.root());
    }

    void checkReadAccess(Run run, @Nullable Reached source) {
        if (source == null) {
            return;
        }
        source.session().requireReadAccess();
        run.log().info("every table, sequence and large object is readable");
    }

    void checkMedia(Run run) {
        var roots = run.mediaRoots();
        if (!run.includesDatabase() && roots.isEmpty()) {
            throw BackupException.of(
                    FailureCode.MEDIA_UNREADABLE,
                    "the source has no media directories",
                    "mediaPaths is empty",
                    Map.of());
        }
        media.requireReadable(roots);
    }
}
