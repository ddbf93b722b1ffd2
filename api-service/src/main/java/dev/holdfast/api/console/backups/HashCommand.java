package dev.holdfast.api.console.backups;

import dev.holdfast.api.backup.BackupView;
import dev.holdfast.common.event.Artifact;
import java.util.stream.Collectors;

/** The command that compares the files of a backup with their recorded hashes, where they lie. */
final class HashCommand {
    private HashCommand() {}

    static String of(BackupView backup) {
        var lines = backup.artifacts().stream().map(HashCommand::line).collect(Collectors.joining(" "));
        return "cd %s && printf '%%s\\n' %s | sha256sum --check".formatted(quote(String.valueOf(backup.path())), lines);
    }

    private static String line(Artifact artifact) {
        return quote(artifact.sha256() + "  " + artifact.file());
    }

    /** One word for a POSIX shell, whatever is in it. */
    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
