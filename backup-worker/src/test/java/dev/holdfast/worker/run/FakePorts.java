package dev.holdfast.worker.run;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.worker.dump.DumpListener;
import dev.holdfast.worker.dump.DumpRequest;
import dev.holdfast.worker.dump.Dumper;
import dev.holdfast.worker.dump.PgClient;
import dev.holdfast.worker.dump.PgClients;
import dev.holdfast.worker.media.MediaArchiver;
import dev.holdfast.worker.source.ServerFacts;
import dev.holdfast.worker.source.SourceAccess;
import dev.holdfast.worker.source.SourceSession;
import dev.holdfast.worker.source.Sources;
import dev.holdfast.worker.step.RunLog;
import dev.holdfast.worker.step.StopSignal;
import dev.holdfast.worker.storage.BackupStore;
import dev.holdfast.worker.storage.Manifest;
import dev.holdfast.worker.storage.PromisedRoom;
import dev.holdfast.worker.storage.SealedBackup;
import dev.holdfast.worker.storage.Staging;
import dev.holdfast.worker.verify.ArtifactCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Every port of the worker in memory. A step can be made to do something first, such as to fail or to wait. */
final class FakePorts implements Sources, SourceSession, PgClients, Dumper, MediaArchiver, BackupStore, ArtifactCheck {
    /** The calls that go out of the recipe, in its order. */
    enum Step {
        OPEN,
        FACTS,
        CHOOSE_TOOL,
        CLEAR,
        PROBE,
        READ_ACCESS,
        STAGE,
        DUMP,
        MEDIA,
        VERIFY,
        FLUSH,
        SEAL
    }

    final List<Step> steps = new ArrayList<>();
    final List<Path> staged = new ArrayList<>();
    final List<SealedBackup> sealed = new ArrayList<>();
    final List<SealedBackup> deleted = new ArrayList<>();
    boolean sealedIsWhole = true;
    /** Happens while a sealed backup is looked through. */
    StepHook meanwhile = (log, stop) -> {};

    /** Happens before a sealed backup is deleted. */
    Runnable beforeDelete = () -> {};

    boolean sessionClosed;

    volatile List<String> waiting = List.of();

    @Nullable
    PromisedRoom promisedRoom;

    @Nullable
    SourceAccess access;

    private final Map<Step, StepHook> hooks = new HashMap<>();
    private final Path root;
    private Runnable afterSeal = () -> {};
    private Consumer<DumpListener> duringDump = listener -> {};

    FakePorts(Path root) {
        this.root = root;
    }

    /** What a step does before it does its work. */
    interface StepHook {
        void run(RunLog log, StopSignal stop) throws Exception;
    }

    /** The next seal does this when the files are in place, before it returns. */
    void afterSeal(Runnable hook) {
        afterSeal = hook;
    }

    /** The next dump does this with its listener. */
    void duringDump(Consumer<DumpListener> work) {
        duringDump = work;
    }

    void before(Step step, StepHook hook) {
        hooks.put(step, hook);
    }

    @Override
    public SourceSession open(SourceAccess to, StopSignal stop) {
        if (to.applicationName().endsWith("-watch")) {
            return this;
        }
        access = to;
        enter(Step.OPEN);
        return this;
    }

    @Override
    public ServerFacts facts() {
        enter(Step.FACTS);
        return new ServerFacts(150_018, "15.18", 1_000, 3, 0, Map.of("plpgsql", "1.0"), Map.of());
    }

    @Override
    public void requireReadAccess() {
        enter(Step.READ_ACCESS);
    }

    @Override
    public List<String> waitingFor(String applicationName) {
        return waiting;
    }

    @Override
    public void close() {
        sessionClosed = true;
    }

    @Override
    public List<PgClient> installed() {
        return List.of(client());
    }

    @Override
    public PgClient forServer(int majorVersion) {
        enter(Step.CHOOSE_TOOL);
        return client();
    }

    @Override
    public void dump(DumpRequest request, DumpListener listener, RunLog log, StopSignal stop) {
        write(request.directory().resolve("database.dump"), "half a du");
        enter(Step.DUMP, log, stop);
        write(request.directory().resolve("database.dump"), "whole dump");
        duringDump.accept(listener);
        listener.progressed(10, 3);
    }

    @Override
    public void archive(List<Path> roots, Path directory, LongConsumer bytesWritten, RunLog log, StopSignal stop) {
        enter(Step.MEDIA, log, stop);
        write(directory.resolve("media.tar.zst"), "media");
        bytesWritten.accept(5);
    }

    @Override
    public List<Artifact> verify(Path directory, @Nullable PgClient client, StopSignal stop) {
        enter(Step.VERIFY);
        try (var files = Files.list(directory)) {
            return files.map(file -> new Artifact(
                            file.getFileName().toString(), file.toFile().length(), "00"))
                    .sorted((one, other) -> one.file().compareTo(other.file()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean unchanged(Path directory, List<Artifact> artifacts, StopSignal stop) {
        run(meanwhile, NO_LOG, stop);
        stop.check();
        return sealedIsWhole;
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public void check(Collection<String> sourceNames) {}

    @Override
    public void clearEarlier(BackupId id, int attempt) {
        enter(Step.CLEAR);
        for (int earlier = 1; earlier < attempt; earlier++) {
            new FakeStaging(id, stagingOf(id, earlier)).discard();
        }
    }

    @Override
    public void probe(String sourceName, long expectedBytes, PromisedRoom promised) {
        promisedRoom = promised;
        enter(Step.PROBE);
    }

    @Override
    public Staging stage(BackupId id, int attempt) {
        enter(Step.STAGE);
        try {
            var directory = Files.createDirectories(stagingOf(id, attempt));
            staged.add(directory);
            return new FakeStaging(id, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void flush(Staging staging) {
        enter(Step.FLUSH);
    }

    @Override
    public Path seal(Staging staging, String sourceName, Instant startedAt, Manifest manifest) {
        enter(Step.SEAL);
        try {
            var target = root.resolve(manifest.backupId() + "-" + manifest.attempt());
            Files.move(staging.directory(), target);
            sealed.add(new SealedBackup(target, manifest));
            var hook = afterSeal;
            afterSeal = () -> {};
            hook.run();
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<SealedBackup> findSealed(BackupId id, String sourceName) {
        return sealed.stream()
                .filter(backup -> backup.manifest().backupId().equals(id))
                .toList()
                .reversed();
    }

    @Override
    public void delete(SealedBackup backup) {
        beforeDelete.run();
        deleted.add(backup);
        sealed.removeIf(other -> other.path().equals(backup.path()));
    }

    @Override
    public Optional<Path> artifact(Path backupDirectory, String file) {
        return Optional.of(backupDirectory.resolve(file));
    }

    @Override
    public void sweep(Supplier<Set<BackupId>> running) {}

    Path stagingOf(BackupId id, int attempt) {
        return root.resolve(".part").resolve(id + "-" + attempt);
    }

    private void enter(Step step) {
        enter(step, NO_LOG, new StopSignal());
    }

    private void enter(Step step, RunLog log, StopSignal stop) {
        steps.add(step);
        var hook = hooks.remove(step);
        if (hook != null) {
            run(hook, log, stop);
        }
    }

    private static void run(StepHook hook, RunLog log, StopSignal stop) {
        try {
            hook.run(log, stop);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static PgClient client() {
        return new PgClient(Path.of("/usr/lib/postgresql/15/bin"), 15, "15.18");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record FakeStaging(BackupId backupId, Path directory) implements Staging {
        @Override
        public void discard() {
            try {
                if (Files.exists(directory)) {
                    try (var files = Files.list(directory)) {
                        for (Path file : files.toList()) {
                            Files.delete(file);
                        }
                    }
                    Files.delete(directory);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final RunLog NO_LOG = new RunLog() {
        @Override
        public void info(String line) {}

        @Override
        public void warn(String line) {}

        @Override
        public void error(String line) {}
    };
}
