package dev.holdfast.worker.advice;

import static dev.holdfast.common.failure.ShellWord.quote;

import java.util.List;

/** The commands that several remedies share, quoted for a POSIX shell. */
final class Commands {
    private Commands() {}

    /** A path that is relative would be taken for an option or a name of a volume. */
    static String inAlpine(String volume, String mountedAt, String command) {
        return "docker run --rm -v %s %s".formatted(quote(volume + ":" + mountedAt), "alpine:latest " + command);
    }

    /** As root, with the mounts of a container that is there, whatever they are on the host. */
    static String besides(String container, String command) {
        return "docker run --rm --user 0 --volumes-from %s alpine:latest %s".formatted(container, command);
    }

    /** Directories 0750 and files 0640: what backups hold is nobody else's business. */
    static String takeOverScript(String user, String path) {
        var word = quote(path);
        return "chown -R %s %s && find %s -type d -exec chmod 750 {} + && find %s -type f -exec chmod 640 {} +"
                .formatted(user, word, word, word);
    }

    static List<String> takeOver(String user, String path) {
        return List.of(
                "sudo chown -R %s %s".formatted(user, quote(path)),
                "sudo chmod -R u=rwX,g=rX,o= %s".formatted(quote(path)));
    }
}
