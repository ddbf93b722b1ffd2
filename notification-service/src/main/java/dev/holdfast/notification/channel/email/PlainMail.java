package dev.holdfast.notification.channel.email;

import dev.holdfast.common.failure.Remedy;
import dev.holdfast.notification.channel.AlertMessage;

/** The text that every mail program can show. */
final class PlainMail {
    private PlainMail() {}

    static String of(AlertMessage message) {
        var text = new StringBuilder();
        for (var fact : message.facts()) {
            text.append(fact.label()).append('\n');
            MailLines.of(fact.text())
                    .forEach(line -> text.append("  ").append(line).append('\n'));
            text.append('\n');
        }
        if (!message.remedies().isEmpty()) {
            text.append("What to do, in this order\n");
        }
        for (int i = 0; i < message.remedies().size(); i++) {
            append(text, i + 1, message.remedies().get(i));
        }
        return text.append("More: ").append(message.link()).append('\n').toString();
    }

    private static void append(StringBuilder text, int number, Remedy remedy) {
        text.append("  ").append(number).append(". ").append(remedy.destructive() ? "DESTRUCTIVE, deletes data: " : "");
        text.append(String.join(" ", MailLines.of(remedy.title()))).append('\n');
        for (var command : remedy.commands()) {
            MailLines.of(command)
                    .forEach(line -> text.append("       ").append(line).append('\n'));
        }
        text.append('\n');
    }
}
