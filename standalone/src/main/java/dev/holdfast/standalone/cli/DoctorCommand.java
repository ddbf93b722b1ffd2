package dev.holdfast.standalone.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./holdfast doctor} of a running Holdfast; its help is the text file beside it, which the launcher shows without a JVM. */
@Command(name = "doctor")
final class DoctorCommand implements Callable<Integer> {

    @Option(names = "--json")
    private boolean json;

    @Option(names = "--data", paramLabel = "--data")
    private @Nullable Path data;

    @Option(names = "--api", paramLabel = "--api")
    private @Nullable String api;

    private final Map<String, String> environment;
    private final PrintWriter out;

    DoctorCommand(Map<String, String> environment, PrintWriter out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        var address = address();
        var token = RunningInstance.token(address, RunningInstance.directory(data, environment), environment);
        try (var client = new Api(address, token)) {
            var diagnosis = client.get("/api/v1/doctor");
            if (diagnosis.path("checks").isEmpty()) {
                throw CommandFailure.failed(client.address("") + " does not answer like Holdfast's doctor");
            }
            if (json) {
                out.println(diagnosis.toPrettyString());
                return Diagnosis.exitCode(diagnosis);
            }
            return new Diagnosis(diagnosis).print(out);
        }
    }

    private URI address() {
        try {
            return RunningInstance.address(api, RunningInstance.directory(data, environment));
        } catch (CommandFailure e) {
            throw e.exitCode() == CommandFailure.MISUSED
                    ? e
                    : CommandFailure.failed(e.getMessage() + ", or ask the containers with ./holdfast doctor --docker");
        }
    }
}
