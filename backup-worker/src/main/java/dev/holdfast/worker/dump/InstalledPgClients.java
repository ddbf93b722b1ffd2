package dev.holdfast.worker.dump;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Finds the clients that lie on this machine, and picks the one that a server asks for. */
@Component
class InstalledPgClients implements PgClients {
    private static final Logger LOG = LoggerFactory.getLogger(InstalledPgClients.class);

    private final ClientDirectories directories;
    private final ClientProbe probe;

    InstalledPgClients(ClientDirectories directories, ClientProbe probe) {
        this.directories = directories;
        this.probe = probe;
    }

    @Override
    public List<PgClient> installed() {
        return search(new ArrayList<>());
    }

    @Override
    public PgClient forServer(int majorVersion) {
        var silent = new ArrayList<NoAnswer>();
        var clients = search(silent);
        return clients.stream()
                .filter(client -> client.majorVersion() >= majorVersion)
                .findFirst()
                .orElseThrow(() -> silent.isEmpty() ? none(majorVersion, clients) : noneAnswers(majorVersion, silent));
    }

    /** @param silent takes those that could not be asked, which may be clients too */
    private List<PgClient> search(List<NoAnswer> silent) {
        var clients = new ArrayList<PgClient>();
        for (var directory : directories.all()) {
            try {
                probe.clientIn(directory).ifPresent(clients::add);
            } catch (NoAnswer e) {
                LOG.info("what is in {} is not known now: {}", directory, e.getMessage());
                silent.add(e);
            }
        }
        clients.sort(Comparator.comparingInt(PgClient::majorVersion));
        return List.copyOf(clients);
    }

    /** The one that the server asks for may be among them: nothing is missing for certain. */
    private static BackupException noneAnswers(int majorVersion, List<NoAnswer> silent) {
        return BackupException.of(
                FailureCode.TOOL_KILLED,
                "the server needs a client of version %d or newer, and %s"
                        .formatted(majorVersion, silent.getFirst().getMessage()),
                silent.stream().map(NoAnswer::detail).collect(Collectors.joining("\n")),
                Map.of());
    }

    private BackupException none(int majorVersion, List<PgClient> clients) {
        var facts = Map.of("package", "postgresql-client-" + majorVersion);
        var searched = directories.all().stream().map(Path::toString).collect(Collectors.joining(", "));
        if (clients.isEmpty()) {
            return BackupException.of(
                    FailureCode.TOOL_MISSING,
                    "no PostgreSQL client is installed; the server needs version %d or newer".formatted(majorVersion),
                    "no usable pg_dump and pg_restore in: " + searched,
                    facts);
        }
        var versions = clients.stream().map(PgClient::version).distinct().collect(Collectors.joining(", "));
        return BackupException.of(
                FailureCode.TOOL_TOO_OLD,
                "the server is version %d, the newest pg_dump here is %s"
                        .formatted(majorVersion, clients.getLast().version()),
                "found versions %s; searched: %s".formatted(versions, searched),
                facts);
    }
}
