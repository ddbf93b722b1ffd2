package dev.holdfast.standalone;

import dev.holdfast.embedded.Passwords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Secrets of this instance: made once, readable by this user alone. */
final class PrivatePassword {
    private PrivatePassword() {}

    /** The one between the services, their broker and their database. */
    static String of(DataDirectory data) throws IOException {
        return in(data.keys().resolve("private-password"));
    }

    /** What the commands of this machine are let in with. */
    static String localToken(DataDirectory data) throws IOException {
        return in(data.localToken());
    }

    /** By which the services know each other. */
    static String betweenServices(DataDirectory data) throws IOException {
        return in(data.keys().resolve("internal-token"));
    }

    private static String in(Path file) throws IOException {
        if (!Files.exists(file)) {
            create(file);
        }
        return Files.readString(file).strip();
    }

    /** On disk before it is used: the database keeps what it was first given, and a lost password would lock it up. */
    private static void create(Path file) throws IOException {
        PrivateFile.write(file, Passwords.random());
    }
}
