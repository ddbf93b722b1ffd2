package dev.holdfast.worker.media;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The first name of each file that has several, until its last name has been seen. */
final class HardLinks {
    /** Beyond this many, further files are packed once for each name: memory stays small, the restored files are equal. */
    private static final int MOST = 100_000;

    private final Map<Object, Name> first = new HashMap<>();

    /** The name under which this file is in the archive already; empty for its first name, which is remembered. */
    Optional<String> nameOf(Found found) {
        var attributes = found.attributes();
        if (attributes.links() < 2) {
            return Optional.empty();
        }
        var known = first.get(attributes.key());
        if (known != null) {
            known.left--;
            if (known.left == 0) {
                first.remove(attributes.key());
            }
            return Optional.of(known.text);
        }
        return Optional.empty();
    }

    /** To be called when the file is in the archive: a link to something that is not there would not restore. */
    void remember(Found found) {
        var attributes = found.attributes();
        if (attributes.links() > 1 && first.size() < MOST) {
            first.put(attributes.key(), new Name(found.name(), attributes.links() - 1));
        }
    }

    /** How many further names are to come. */
    private static final class Name {
        private final String text;
        private int left;

        private Name(String text, int left) {
            this.text = text;
            this.left = left;
        }
    }
}
