package dev.holdfast.worker.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.springframework.stereotype.Component;

/** Asks the tools in a directory what they are; remembers the answer for a while, as long as the file stays the same. */
@Component
class ClientProbe {
    private static final Logger LOG = LoggerFactory.getLogger(ClientProbe.class);
    private static final Pattern VERSION =
            Pattern.compile("pg_dump \\([^)]*\\) (?<version>(?<major>\\d+)\\S*)(\\s.*)?", Pattern.DOTALL);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final long ANSWER_SECONDS = 5;
    private static final int LONGEST_ANSWER = 4096;

    private final ToolLauncher launcher;
    private final Clock clock;
    private final Map<Path, Answer> answers = new ConcurrentHashMap<>();
    private final Map<Path, Answer> zstdAnswers = new ConcurrentHashMap<>();

    ClientProbe(ToolLauncher launcher, Clock clock) {
        this.launcher = launcher;
        this.clock = clock;
    }

    /** The client in a directory, if there is one that answers. */
    Optional<PgClient> clientIn(Path directory) {
        var pgDump = directory.resolve("pg_dump");
        if (!Files.isExecutable(pgDump) || !Files.isExecutable(directory.resolve("pg_restore")) || isWrapper(pgDump)) {
            return Optional.empty();
        }
        var matcher = VERSION.matcher(ask(answers, pgDump, List.of("--version")));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new PgClient(directory, Integer.parseInt(matcher.group("major")), matcher.group("version")));
    }

    /**
     * Whether it can compress with zstd: from 16 on, unless it was built without. It says so before it tries to connect to the
     * server, which is a socket that does not exist.
     */
    boolean knowsZstd(PgClient client) {
        if (client.majorVersion() < 16) {
            return false;
        }
        var answer =
                ask(zstdAnswers, client.pgDump(), List.of("--format=custom", "--compress=zstd:1", "--no-password"));
        return answer.contains("connection to server");
    }

    /** Debian's /usr/bin/pg_dump picks one of the versions below /usr/lib/postgresql by rules of its own. */
    private static boolean isWrapper(Path pgDump) {
        try {
            return pgDump.toRealPath().getFileName().toString().equals("pg_wrapper");
        } catch (IOException e) {
            return true;
        }
    }

    private String ask(Map<Path, Answer> known, Path tool, List<String> arguments) {
        try {
            var modified = Files.getLastModifiedTime(tool);
            var answer = known.get(tool);
            if (answer == null || !answer.holds(modified, clock.instant())) {
                answer = new Answer(modified, clock.instant().plus(REMEMBERED), run(tool, arguments));
                known.put(tool, answer);
            }
            return answer.text();
        } catch (IOException e) {
            LOG.info("{} is no usable client: {}", tool, e.getMessage());
            return "";
        }
    }

    /** What it says; nothing where it can't be run or does not answer, which is worth remembering too. */
    private String run(Path tool, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(tool.toString());
        command.addAll(arguments);
        var environment = new HashMap<>(ToolEnvironment.minimal());
        environment.put("PGHOST", "/nonexistent");
        try {
            return answer(launcher.start(command, environment));
        } catch (IOException e) {
            LOG.info("{} is no usable client: {}", tool, e.getMessage());
            return "";
        }
    }

    private static String answer(Process process) throws IOException {
        try {
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("no answer within " + ANSWER_SECONDS + " s");
            }
            return read(process.getInputStream()) + read(process.getErrorStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it was asked", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(InputStream stream) throws IOException {
        return new String(stream.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
    }

    private record Answer(FileTime modified, Instant until, String text) {
        boolean holds(FileTime modifiedNow, Instant now) {
            return modified.equals(modifiedNow) && now.isBefore(until);
        }
    }
}
