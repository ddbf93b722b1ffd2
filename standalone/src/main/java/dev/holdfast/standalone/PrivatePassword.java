package dev.holdfast.standalone;

import dev.holdfast.embedded.Passwords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What the parts of one instance have between them; each made once, in a file that this user alone can read. */
final class PrivatePassword {
    private PrivatePassword() {}

    /** The one password of the services for their broker and their database. */
    static String of(DataDirectory data) throws IOException {
        return read(data.keys().resolve("private-password"));
    }

    /** By which the services know each other. */
    static String betweenServices(DataDirectory data) throws IOException {
        return read(data.keys().resolve("internal-token"));
    }

    private static String read(Path file) throws IOException {
        if (!Files.exists(file)) {
            create(file);
        }
        return Files.readString(file).strip();
    }

    /** On disk before it is used: the database keeps what it was first given, and a lost password would lock it up. */
    private static void create(Path file) throws IOException {
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = FileChannel.open(part, options, ownerOnly)) {
            channel.write(
                    ByteBuffer.wrap((Passwords.random() + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
