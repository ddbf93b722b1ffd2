package dev.holdfast.standalone.cli;

import dev.holdfast.common.address.DatabaseAddress;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a source's password comes from: the places that people know from psql. */
final class GivenPassword {
    private GivenPassword() {}

    /** The file that was named, else the address, else PGPASSWORD; absent where none of them has one. */
    static @Nullable String find(DatabaseAddress url, @Nullable Path file, Map<String, String> environment) {
        if (file != null) {
            return firstLine(file);
        }
        if (url.password() != null) {
            return url.password();
        }
        var fromEnvironment = environment.getOrDefault("PGPASSWORD", "");
        return fromEnvironment.isEmpty() ? null : fromEnvironment;
    }

    /** Asks at the terminal, unseen. */
    static String ask(DatabaseAddress url) {
        Console console = System.console();
        char[] typed = console == null || !console.isTerminal() ? null : console.readPassword("Password for %s: ", url);
        if (typed == null || typed.length == 0) {
            throw CommandFailure.misused("no password was given for " + url
                    + "; put it into the address, into PGPASSWORD, or use --password-file");
        }
        return new String(typed);
    }

    private static String firstLine(Path file) {
        try (var lines = Files.newBufferedReader(file)) {
            var line = lines.readLine();
            if (line == null || line.isEmpty()) {
                throw CommandFailure.misused("the password file is empty: " + file);
            }
            return line;
        } catch (IOException e) {
            throw CommandFailure.misused("the password file can't be read: " + file);
        }
    }
}
