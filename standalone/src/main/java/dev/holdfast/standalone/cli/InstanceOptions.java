package dev.holdfast.standalone.cli;

import dev.holdfast.common.failure.ShellWord;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Holdfast a command speaks to; and how a command is typed that speaks to the same one. */
final class InstanceOptions {
    private static final int DEFAULT_PORT = 8080;
    private static final String UP = "./holdfast up";

    @Option(names = "--data", paramLabel = "--data")
    private @Nullable Path data;

    @Option(names = "--api", paramLabel = "--api")
    private @Nullable String api;

    private final Map<String, String> environment;

    InstanceOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @throws CommandFailure where none runs on the data directory */
    URI address() {
        return RunningInstance.address(api, directory(), UP + inData());
    }

    Api open() {
        var address = address();
        return new Api(address, RunningInstance.token(address, directory(), environment), start(address));
    }

    /** The options to add to a command; none where it finds the same Holdfast without. */
    String asTyped() {
        return api == null ? inData() : " --api " + ShellWord.quote(api);
    }

    /** What a command that Holdfast advises must be here, since it does not know how it is spoken to. */
    String asTyped(String command) {
        if (command.startsWith("./holdfast sources ")) {
            return command + asTyped();
        }
        return command.equals(UP) && api == null ? start(address()) : command;
    }

    private String start(URI address) {
        boolean otherPort = api == null && address.getPort() != DEFAULT_PORT;
        return UP + (api == null ? inData() : "") + (otherPort ? " --port " + address.getPort() : "");
    }

    private String inData() {
        if (data == null) {
            return "";
        }
        var given = absolute(data);
        var byDefault = RunningInstance.directory(null, environment);
        return byDefault != null && given.equals(absolute(byDefault))
                ? ""
                : " --data " + ShellWord.quote(given.toString());
    }

    private @Nullable Path directory() {
        return RunningInstance.directory(data, environment);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
