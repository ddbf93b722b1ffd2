package dev.holdfast.worker.dump;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds the clients that lie on this machine, and picks the one that a server asks for. */
@Component
class InstalledPgClients implements PgClients {
    private final ClientDirectories directories;
    private final ClientProbe probe;

    InstalledPgClients(ClientDirectories directories, ClientProbe probe) {
        this.directories = directories;
        this.probe = probe;
    }

    @Override
    public List<PgClient> installed() {
        var seen = new HashSet<Path>();
        var clients = new ArrayList<PgClient>();
        for (var directory : directories.all()) {
            Optional<PgClient> client = seen.add(directory) ? probe.clientIn(directory) : Optional.empty();
            client.ifPresent(clients::add);
        }
        clients.sort(Comparator.comparingInt(PgClient::majorVersion));
        return List.copyOf(clients);
    }

    @Override
    public PgClient forServer(int majorVersion) {
        var clients = installed();
        return clients.stream()
                .filter(client -> client.majorVersion() >= majorVersion)
                .findFirst()
                .orElseThrow(() -> none(majorVersion, clients));
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
