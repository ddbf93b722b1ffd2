package dev.holdfast.worker.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Asks the tools in a directory what they are; remembers the answer for a while, as long as the file stays the same. That a tool did
 * not answer says nothing of it, and is not remembered.
 */
@Component
class ClientProbe {
    private static final Logger LOG = LoggerFactory.getLogger(ClientProbe.class);
    private static final Pattern VERSION =
            Pattern.compile("pg_dump \\([^)]*\\) (?<version>(?<major>\\d+)\\S*)(\\s.*)?", Pattern.DOTALL);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Beyond this an exit code names a signal. */
    private static final int SIGNALLED = 128;

    private static final int LONGEST_ANSWER = 4096;

    private final ToolLauncher launcher;
    private final Clock clock;
    private final Duration patience;
    private final Map<Path, Answer> answers = new ConcurrentHashMap<>();
    private final Map<Path, Answer> zstdAnswers = new ConcurrentHashMap<>();

    @Autowired
    ClientProbe(ToolLauncher launcher, Clock clock) {
        this(launcher, clock, PATIENCE);
    }

    ClientProbe(ToolLauncher launcher, Clock clock, Duration patience) {
        this.launcher = launcher;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * The client in a directory, if there is one.
     *
     * @throws NoAnswer when there may be one, which can't be asked now
     */
    Optional<PgClient> clientIn(Path directory) throws NoAnswer {
        var pgDump = directory.resolve("pg_dump");
        if (!Files.isExecutable(pgDump) || !Files.isExecutable(directory.resolve("pg_restore")) || isWrapper(pgDump)) {
            return Optional.empty();
        }
        try {
            var matcher = VERSION.matcher(ask(answers, pgDump, List.of("--version")));
            return matcher.matches()
                    ? Optional.of(
                            new PgClient(directory, Integer.parseInt(matcher.group("major")), matcher.group("version")))
                    : Optional.empty();
        } catch (NoAnswer e) {
            throw e;
        } catch (IOException e) {
            LOG.info("{} is no usable client: {}", pgDump, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Whether it can compress with zstd: from 16 on, unless it was built without. It says so before it tries to connect to the
     * server, which is a socket that does not exist. Where it can't be asked now, this one dump does without.
     */
    boolean knowsZstd(PgClient client) {
        if (client.majorVersion() < 16) {
            return false;
        }
        try {
            return ask(zstdAnswers, client.pgDump(), List.of("--format=custom", "--compress=zstd:1", "--no-password"))
                    .contains("connection to server");
        } catch (IOException e) {
            LOG.info("whether {} knows zstd is not known now: {}", client.pgDump(), e.getMessage());
            return false;
        }
    }

    /** Debian's /usr/bin/pg_dump picks one of the versions below /usr/lib/postgresql by rules of its own. */
    private static boolean isWrapper(Path pgDump) {
        try {
            return pgDump.toRealPath().getFileName().toString().equals("pg_wrapper");
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * What it says. Where it can't be asked now, what it said last is still true as long as the file is the same.
     *
     * @throws NoAnswer where it never said anything yet; the next call asks it again
     */
    private String ask(Map<Path, Answer> known, Path tool, List<String> arguments) throws IOException {
        var file = ToolFile.at(tool);
        var last = known.get(tool);
        if (last != null && last.isOf(file) && clock.instant().isBefore(last.until())) {
            return last.text();
        }
        try {
            var text = run(tool, arguments);
            known.put(tool, new Answer(file, clock.instant().plus(REMEMBERED), text));
            return text;
        } catch (NoAnswer e) {
            if (last == null || !last.isOf(file)) {
                throw e;
            }
            LOG.info("{}; it has not changed since it last did", e.getMessage());
            return last.text();
        }
    }

    private String run(Path tool, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(tool.toString());
        command.addAll(arguments);
        var environment = new HashMap<>(ToolEnvironment.minimal());
        environment.put("PGHOST", "/nonexistent");
        try {
            return answer(tool, launcher.start(command, environment));
        } catch (IOException e) {
            throw ToolFailures.mayPass(e) ? new NoAnswer(tool + " can't be started now", e) : e;
        }
    }

    private String answer(Path tool, Process process) throws IOException {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new NoAnswer("%s did not answer within %d s".formatted(tool, patience.toSeconds()));
            }
            var text = read(process.getInputStream()) + read(process.getErrorStream());
            if (process.exitValue() > SIGNALLED || ToolFailures.saysExhausted(text)) {
                throw new NoAnswer("%s ended before it answered (exit code %d) %s"
                        .formatted(tool, process.exitValue(), text)
                        .strip());
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer(tool + " was not waited for: the worker was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(InputStream stream) throws IOException {
        return new String(stream.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
    }

    /** What tells one file from another that takes its place. */
    private record ToolFile(FileTime modified, long size) {
        static ToolFile at(Path path) throws IOException {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new ToolFile(attributes.lastModifiedTime(), attributes.size());
        }
    }

    private record Answer(ToolFile file, Instant until, String text) {
        boolean isOf(ToolFile present) {
            return file.equals(present);
        }
    }
}
