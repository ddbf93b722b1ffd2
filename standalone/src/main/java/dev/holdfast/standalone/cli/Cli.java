package dev.holdfast.standalone.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of {@code ./holdfast} that are more than starting and stopping. */
@Command(name = "./holdfast")
public final class Cli {
    private Cli() {}

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, System.out.charset());
        var err = new PrintWriter(System.err, true, System.err.charset());
        System.exit(commandLine(System.getenv(), out, err).execute(args));
    }

    static CommandLine commandLine(Map<String, String> environment, PrintWriter out, PrintWriter err) {
        return new CommandLine(new Cli())
                .addSubcommand("backup", new BackupCommand(environment, out))
                .addSubcommand("doctor", new DoctorCommand(environment, out))
                .addSubcommand("sources", new SourcesCommand(environment, out))
                .setOut(out)
                .setErr(err)
                // Arguments hold passwords: nothing of them is looked up in a file or shown in a message.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((problem, arguments) -> {
                    var command = problem.getCommandLine().getCommandName();
                    err.println("holdfast: %s; see ./holdfast %s --help".formatted(Misuse.of(problem), command));
                    return CommandFailure.MISUSED;
                })
                .setExecutionExceptionHandler((problem, command, result) -> {
                    err.println("holdfast: " + oneLine(problem));
                    return problem instanceof CommandFailure failure ? failure.exitCode() : CommandFailure.FAILED;
                });
    }

    private static String oneLine(Exception problem) {
        return problem instanceof CommandFailure || problem instanceof IOException
                ? String.valueOf(problem.getMessage())
                : problem.toString();
    }
}
