package dev.holdfast.worker.doctor;

import dev.holdfast.worker.storage.UnixAttributes;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A directory as {@code ls -la} shows it, with the numbers of owner and group beside their names. */
final class Listing {
    private static final int LONGEST = 20;

    private Listing() {}

    static String of(Path directory) {
        var lines = new ArrayList<String>();
        lines.add(line(directory, directory.toString()));
        if (Files.isDirectory(directory)) {
            lines.addAll(elements(directory));
        }
        return String.join("\n", lines);
    }

    private static List<String> elements(Path directory) {
        var lines = new ArrayList<String>();
        try (var elements = Files.newDirectoryStream(directory)) {
            for (var element : elements) {
                if (lines.size() == LONGEST) {
                    lines.add("...");
                    return lines;
                }
                lines.add(line(element, String.valueOf(element.getFileName())));
            }
        } catch (IOException | DirectoryIteratorException e) {
            lines.add("its elements can't be listed: " + e.getClass().getSimpleName());
        }
        return lines;
    }

    private static String line(Path path, String name) {
        try {
            // The root may be a link, and is looked at where it leads.
            var links = path.isAbsolute() && name.startsWith("/")
                    ? new LinkOption[0]
                    : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
            var attributes = UnixAttributes.read(path, links);
            var names = Files.readAttributes(path, PosixFileAttributes.class, links);
            return String.format(
                    Locale.ROOT,
                    "%c%s %d %d(%s) %d(%s) %d %s %s",
                    letter(attributes.kind()),
                    PosixFilePermissions.toString(names.permissions()),
                    attributes.links(),
                    attributes.uid(),
                    names.owner().getName(),
                    attributes.gid(),
                    names.group().getName(),
                    attributes.size(),
                    attributes.modified(),
                    name);
        } catch (IOException e) {
            return "? " + name + ": " + e.getClass().getSimpleName();
        }
    }

    private static char letter(UnixAttributes.Kind kind) {
        return switch (kind) {
            case REGULAR -> '-';
            case DIRECTORY -> 'd';
            case SYMBOLIC_LINK -> 'l';
            case OTHER -> '?';
        };
    }
}
