package dev.holdfast.notification.channel.slack;

import dev.holdfast.notification.text.PlainLine;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text in Slack's markup, in which text from outside means nothing: no mention, no link, no format, no way out of a code block. */
final class Mrkdwn {
    /** Below Slack's 3000 for a section, with room for what is put around. */
    private static final int LONGEST = 2300;

    private static final int LONGEST_LINE = 1000;
    private static final Pattern AT = Pattern.compile("@(?=[\\p{L}\\p{N}_.-])");
    private static final Pattern BACKTICKS = Pattern.compile("`(?=`)");
    private static final String NOTHING = "\u200B";

    private Mrkdwn() {}

    /** Running text: what formats becomes something that looks like it. */
    static String prose(String text) {
        return prose(text, LONGEST);
    }

    /** The same, and at most so long. */
    static String prose(String text, int atMost) {
        var plain = lines(text).replace('*', '\u2217').replace('~', '\u223C').replace('`', '\u02CB');
        return bounded(escaped(AT.matcher(plain).replaceAll("@" + NOTHING)), atMost);
    }

    /** A block to copy from: a single backtick stays, a row of them, which would end the block, is parted. */
    static String code(String text) {
        var plain = BACKTICKS.matcher(lines(text)).replaceAll("`" + NOTHING);
        return "```\n" + bounded(escaped(plain), LONGEST) + "\n```";
    }

    /** A plain_text object. */
    static String header(String text, int atMost) {
        return PlainLine.of(text, atMost);
    }

    static String link(String address, String label) {
        return "<" + escaped(address.replaceAll("[\\s|<>]", "")) + "|" + label + ">";
    }

    private static String lines(String text) {
        return text.lines()
                .limit(100)
                .map(line -> PlainLine.of(line, LONGEST_LINE))
                .collect(Collectors.joining("\n"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Cuts an escaped text, but never through an escape or a character. */
    private static String bounded(String text, int atMost) {
        if (text.length() <= atMost) {
            return text;
        }
        int end = atMost - 1;
        int escape = text.lastIndexOf('&', end - 1);
        if (escape >= 0 && text.indexOf(';', escape) >= end) {
            end = escape;
        }
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
