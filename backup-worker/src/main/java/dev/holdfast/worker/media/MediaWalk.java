package dev.holdfast.worker.media;

import dev.holdfast.worker.step.StopSignal;
import dev.holdfast.worker.storage.UnixAttributes;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;

/**
 * Goes through media directories and puts what it finds into an archive. Files are opened relative to open directories, and never
 * through a symbolic link: an application that may write there must not get other files of this machine into its backup, however
 * fast it swaps one for the other.
 */
final class MediaWalk {
    private final MediaArchive archive;
    private final LeftOut leftOut;
    private final MediaNotes notes;
    private final StopSignal stop;
    private final Reading reading;
    private final FileCopy copy;
    private final HardLinks links = new HardLinks();

    MediaWalk(MediaArchive archive, LeftOut leftOut, MediaNotes notes, StopSignal stop) {
        this.archive = archive;
        this.leftOut = leftOut;
        this.notes = notes;
        this.stop = stop;
        this.reading = new Reading(notes);
        this.copy = new FileCopy(archive, notes, stop);
    }

    /** Packs one configured directory; it alone may be a symbolic link, whose target is then packed under the link's name. */
    void root(Path root) throws IOException {
        var attributes = readRoot(root);
        try (var opened = openRoot(root)) {
            var name = RawName.of(root).replaceFirst("^/+", "");
            if (!name.isEmpty()) {
                archive.directory(new Found(root, name, attributes));
            }
            children(opened, root, name.isEmpty() ? "" : name + "/");
        }
    }

    private UnixAttributes readRoot(Path root) {
        try {
            var attributes = UnixAttributes.read(root);
            if (attributes.kind() != UnixAttributes.Kind.DIRECTORY) {
                throw MediaErrors.unusable(root, "is no directory");
            }
            var reason = leftOut.reasonAtRoot(root);
            if (reason.isPresent()) {
                throw MediaErrors.refused(root, reason.get());
            }
            return attributes;
        } catch (IOException e) {
            throw MediaErrors.unreadable(root, e);
        }
    }

    private static SecureDirectoryStream<Path> openRoot(Path root) {
        try {
            return (SecureDirectoryStream<Path>) Files.newDirectoryStream(root);
        } catch (IOException e) {
            throw MediaErrors.unreadable(root, e);
        }
    }

    private void children(SecureDirectoryStream<Path> directory, Path path, String prefix) throws IOException {
        var entries = directory.iterator();
        while (hasNext(entries, path)) {
            stop.check();
            var fileName = Objects.requireNonNull(entries.next().getFileName());
            var child = path.resolve(fileName);
            var attributes = reading.of(child, () -> UnixAttributes.read(child, LinkOption.NOFOLLOW_LINKS));
            if (attributes.isPresent()) {
                visit(directory, fileName, new Found(child, prefix + RawName.of(fileName), attributes.get()));
            }
        }
    }

    private void visit(SecureDirectoryStream<Path> directory, Path fileName, Found found) throws IOException {
        switch (found.attributes().kind()) {
            case DIRECTORY -> directory(directory, fileName, found);
            case REGULAR -> file(directory, fileName, found);
            case SYMBOLIC_LINK -> symbolicLink(found);
            case OTHER -> notes.special(found.path());
        }
    }

    private void directory(SecureDirectoryStream<Path> parent, Path fileName, Found found) throws IOException {
        var reason = leftOut.reason(found.path(), found.attributes());
        if (reason.isPresent()) {
            notes.leftOut(found.path(), reason.get());
            return;
        }
        var opened = reading.of(found.path(), () -> parent.newDirectoryStream(fileName, LinkOption.NOFOLLOW_LINKS));
        if (opened.isPresent()) {
            try (var directory = opened.get()) {
                archive.directory(found);
                children(directory, found.path(), found.name() + "/");
            }
        }
    }

    private void file(SecureDirectoryStream<Path> parent, Path fileName, Found found) throws IOException {
        var firstName = links.nameOf(found);
        if (firstName.isPresent()) {
            archive.hardLink(found, firstName.get());
            return;
        }
        var options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        var opened = reading.of(found.path(), () -> parent.newByteChannel(fileName, options));
        if (opened.isPresent()) {
            try (var content = opened.get()) {
                copy.into(found, content);
            }
            links.remember(found);
        }
    }

    private void symbolicLink(Found found) throws IOException {
        var target = reading.of(found.path(), () -> Files.readSymbolicLink(found.path()));
        if (target.isPresent()) {
            archive.symbolicLink(found, RawName.of(target.get()));
        }
    }

    private static boolean hasNext(Iterator<Path> entries, Path directory) {
        try {
            return entries.hasNext();
        } catch (DirectoryIteratorException e) {
            throw MediaErrors.unreadable(directory, Objects.requireNonNull(e.getCause()));
        }
    }
}
