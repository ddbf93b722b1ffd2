package dev.holdfast.notification.channel.email;

import dev.holdfast.notification.text.PlainLine;
import java.util.List;

/** Text from outside as lines that a mail can hold. */
final class MailLines {
    private static final int LONGEST = 2000;
    private static final int MOST = 100;

    private MailLines() {}

    static List<String> of(String text) {
        return text.lines().limit(MOST).map(line -> PlainLine.of(line, LONGEST)).toList();
    }
}
