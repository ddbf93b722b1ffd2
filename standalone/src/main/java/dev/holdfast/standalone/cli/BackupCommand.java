package dev.holdfast.standalone.cli;

import dev.holdfast.common.address.DatabaseAddress;
import dev.holdfast.common.address.UnreadableAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code ./holdfast backup}; its help is the text file beside it, which the launcher shows without starting a JVM. */
@Command(name = "backup")
final class BackupCommand implements Callable<Integer> {
    static final String URL_VARIABLE = "HOLDFAST_SOURCE_URL";

    @Parameters(arity = "0..1", paramLabel = "URL")
    private @Nullable String url;

    @Option(names = "--wait")
    private boolean wait;

    @Option(names = "--media", paramLabel = "--media")
    private List<Path> media = List.of();

    @Option(names = "--type", paramLabel = "--type")
    private @Nullable String type;

    @Option(names = "--name")
    private @Nullable String name;

    @Option(names = "--description")
    private @Nullable String description;

    @Option(names = "--metadata", paramLabel = "--metadata")
    private Map<String, String> metadata = Map.of();

    @Option(names = "--password-file", paramLabel = "--password-file")
    private @Nullable Path passwordFile;

    @Mixin
    private final InstanceOptions instance;

    private final Map<String, String> environment;
    private final PrintWriter out;

    BackupCommand(Map<String, String> environment, PrintWriter out) {
        this.instance = new InstanceOptions(environment);
        this.environment = environment;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var database = address(givenUrl());
        var password = GivenPassword.find(database, passwordFile, environment);
        try (var client = instance.open()) {
            var wanted = new SourceRegistration.Wanted(database, password, mediaDirectories());
            var source = new SourceRegistration(client).register(wanted, () -> GivenPassword.ask(database));
            if (source.isNew()) {
                out.println("New source: " + source.name() + " (" + database + ")");
            }
            source.notes().forEach(note -> out.println("Note: " + note));
            if (!database.ignored().isEmpty()) {
                out.println("Ignored in the address: " + String.join(", ", database.ignored()));
            }
            return followed(client, BackupOrder.send(client, order(source.id())));
        }
    }

    private int followed(Api client, JsonNode accepted) throws IOException, InterruptedException {
        var id = accepted.path("id").asString("");
        if (!wait) {
            out.println("Accepted as backup " + id);
            out.println("Follow it:  " + client.address("/backups/" + id));
            return 0;
        }
        out.println("Backup " + id);
        var progress = new Progress(out, BackupFollower.isTerminal(), Clock.systemUTC());
        return new BackupFollower(client, id, progress).follow(out);
    }

    private Map<String, Object> order(String source) {
        var order = new LinkedHashMap<String, Object>();
        order.put("source", source);
        order.put("name", name);
        order.put("description", description);
        order.put("type", type);
        order.put("includeMedia", media.isEmpty() ? null : Boolean.TRUE);
        order.put("metadata", metadata.isEmpty() ? null : metadata);
        order.values().removeIf(value -> value == null);
        return order;
    }

    private static DatabaseAddress address(String given) {
        try {
            return DatabaseAddress.parse(given);
        } catch (UnreadableAddress e) {
            throw CommandFailure.misused("the database's address can't be used: " + e.reason()
                    + "; expected postgresql://USER:PASSWORD@HOST:5432/DATABASE");
        }
    }

    private String givenUrl() {
        var given = url == null ? environment.getOrDefault(URL_VARIABLE, "") : url;
        if (given.isEmpty()) {
            throw CommandFailure.misused(
                    "which database? ./holdfast backup postgresql://USER:PASSWORD@HOST:5432/DATABASE");
        }
        return given;
    }

    private List<String> mediaDirectories() {
        return media.stream()
                .map(directory -> directory.toAbsolutePath().normalize().toString())
                .toList();
    }
}
