package dev.holdfast.worker.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Names of users and groups, asked for once each: the system may have to ask a directory server. */
final class Owners {
    /** Of the header's field, which ends with a NUL. */
    private static final int LONGEST = 31;

    private final Map<Long, String> users = new HashMap<>();
    private final Map<Long, String> groups = new HashMap<>();

    String userOf(Found found) {
        long uid = found.attributes().uid();
        return users.computeIfAbsent(
                uid, id -> name(found, id, file -> file.owner().getName()));
    }

    String groupOf(Found found) {
        long gid = found.attributes().gid();
        return groups.computeIfAbsent(
                gid, id -> name(found, id, file -> file.group().getName()));
    }

    /** Empty for a number without a name, or a name too long for the header: the number alone then counts. */
    private static String name(Found found, long id, Function<PosixFileAttributes, String> ask) {
        try {
            var attributes = Files.readAttributes(found.path(), PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            var name = RawName.ofText(ask.apply(attributes));
            return name.equals(Long.toString(id)) || name.length() > LONGEST ? "" : name;
        } catch (IOException e) {
            return "";
        }
    }
}
