package dev.holdfast.worker.web;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.advice.StorageAdvice;
import dev.holdfast.worker.dump.PgClient;
import dev.holdfast.worker.dump.PgClients;
import dev.holdfast.worker.media.MediaRoots;
import dev.holdfast.worker.secret.Secrets;
import dev.holdfast.worker.source.ServerFacts;
import dev.holdfast.worker.source.SourceAccess;
import dev.holdfast.worker.source.SourceSession;
import dev.holdfast.worker.source.Sources;
import dev.holdfast.worker.step.StopSignal;
import dev.holdfast.worker.storage.BackupStore;
import dev.holdfast.worker.web.PreflightReport.Check;
import dev.holdfast.worker.web.PreflightReport.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks at a source as a backup's preflight would, but goes on after a failure, so that one answer names all there is to mend. */
@Component
class SourceInspection {
    private static final Logger LOG = LoggerFactory.getLogger(SourceInspection.class);

    private final Secrets secrets;
    private final Sources sources;
    private final PgClients clients;
    private final BackupStore store;
    private final MediaRoots media;
    private final StorageAdvice advice;

    SourceInspection(
            Secrets secrets,
            Sources sources,
            PgClients clients,
            BackupStore store,
            MediaRoots media,
            StorageAdvice advice) {
        this.advice = advice;
        this.secrets = secrets;
        this.sources = sources;
        this.clients = clients;
        this.store = store;
        this.media = media;
    }

    PreflightReport inspect(PreflightRequest request) {
        var findings = new Findings(advice);
        inspectDatabase(request, findings);
        findings.look("storage", () -> {
            store.probe(request.sourceName(), 0);
            return "writable: " + store.root();
        });
        if (request.media().isEmpty()) {
            findings.skip("media", "the source has no media directories");
        } else {
            findings.look("media", () -> {
                media.requireReadable(request.media().stream().map(Path::of).toList());
                return "readable: " + String.join(", ", request.media());
            });
        }
        return findings.report();
    }

    private void inspectDatabase(PreflightRequest request, Findings findings) {
        SourceSession session = findings.open(() -> {
            var password = secrets.open(request.sealedPassword());
            var access = new SourceAccess(request.connection(), password, "holdfast-preflight");
            return sources.open(access, new StopSignal());
        });
        if (session == null) {
            findings.skip("tool", "the server's version is not known");
            findings.skip("privileges", "the database was not reached");
            return;
        }
        try (session) {
            findings.look(
                    "connection",
                    () -> "server " + findings.facts(session.facts()).version());
            findings.chooseTool(clients);
            findings.look("privileges", () -> {
                session.requireReadAccess();
                return "every table, sequence and large object is readable";
            });
        }
    }

    /** The answer as it grows. */
    private static final class Findings {
        private final StorageAdvice advice;
        private final List<Check> checks = new ArrayList<>();
        private @Nullable ServerFacts facts;
        private @Nullable PgClient client;

        Findings(StorageAdvice advice) {
            this.advice = advice;
        }

        @Nullable
        SourceSession open(Supplier<SourceSession> connect) {
            try {
                return connect.get();
            } catch (BackupException e) {
                fail("connection", e.failure());
                return null;
            }
        }

        ServerFacts facts(ServerFacts found) {
            facts = found;
            return found;
        }

        void chooseTool(PgClients clients) {
            var server = facts;
            if (server == null) {
                skip("tool", "the server's version is not known");
                return;
            }
            look("tool", () -> {
                var chosen = clients.forServer(server.majorVersion());
                client = chosen;
                return "%s %s".formatted(chosen.pgDump(), chosen.version());
            });
        }

        void look(String name, Supplier<String> check) {
            try {
                checks.add(new Check(name, Status.PASSED, check.get(), null));
            } catch (BackupException e) {
                fail(name, advice.complete(e));
            } catch (RuntimeException e) {
                LOG.error("the check {} met an unexpected error", name, e);
                fail(
                        name,
                        Failure.of(FailureCode.UNEXPECTED, "the check did not come to an end", e.toString(), Map.of()));
            }
        }

        void skip(String name, String why) {
            checks.add(new Check(name, Status.SKIPPED, why, null));
        }

        PreflightReport report() {
            return new PreflightReport(
                    checks.stream().noneMatch(check -> check.status() == Status.FAILED),
                    facts == null ? null : facts.version(),
                    client == null ? null : client.version(),
                    facts == null ? null : facts.databaseSizeBytes(),
                    checks);
        }

        private void fail(String name, Failure failure) {
            checks.add(new Check(name, Status.FAILED, failure.summary(), failure));
        }
    }
}
