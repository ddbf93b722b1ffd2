package dev.holdfast.standalone.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./holdfast doctor} of a running Holdfast; its help is the text file beside it, which the launcher shows without a JVM. */
@Command(name = "doctor")
final class DoctorCommand implements Callable<Integer> {

    @Option(names = "--json")
    private boolean json;

    @Mixin
    private final InstanceOptions instance;

    private final PrintWriter out;

    DoctorCommand(Map<String, String> environment, PrintWriter out) {
        this.instance = new InstanceOptions(environment);
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        requireRunning();
        try (var client = instance.open()) {
            var diagnosis = client.get("/api/v1/doctor");
            if (diagnosis.path("checks").isEmpty()) {
                throw CommandFailure.failed(client.address("") + " does not answer like Holdfast's doctor");
            }
            if (json) {
                out.println(diagnosis.toPrettyString());
                return Diagnosis.exitCode(diagnosis);
            }
            return new Diagnosis(diagnosis, instance::asTyped).print(out);
        }
    }

    private void requireRunning() {
        try {
            instance.address();
        } catch (CommandFailure e) {
            throw e.exitCode() == CommandFailure.MISUSED
                    ? e
                    : CommandFailure.failed(e.getMessage() + ", or ask the containers with ./holdfast doctor --docker");
        }
    }
}
