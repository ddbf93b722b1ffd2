package dev.holdfast.notification.channel.email;

import dev.holdfast.common.failure.Remedy;
import dev.holdfast.notification.channel.AlertMessage;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** The same with commands that are easy to copy. Every text is escaped, and nothing is loaded from anywhere. */
final class HtmlMail {
    private HtmlMail() {}

    static String of(AlertMessage message) {
        var html = new StringBuilder("<!DOCTYPE html><html><body style=\"font-family:sans-serif\">");
        html.append("<h3>").append(escaped(message.subject(), " ")).append("</h3><dl>");
        for (var fact : message.facts()) {
            html.append("<dt><b>").append(escaped(fact.label(), " ")).append("</b></dt><dd>");
            html.append(escaped(fact.text(), "<br>")).append("</dd>");
        }
        html.append("</dl>");
        if (!message.remedies().isEmpty()) {
            html.append("<p><b>What to do, in this order</b></p><ol>");
            message.remedies().forEach(remedy -> append(html, remedy));
            html.append("</ol>");
        }
        var link = escaped(message.link(), "");
        return html.append("<p><a href=\"")
                .append(link)
                .append("\">")
                .append(link)
                .append("</a></p></body></html>")
                .toString();
    }

    private static void append(StringBuilder html, Remedy remedy) {
        html.append("<li>").append(remedy.destructive() ? "<b>Destructive, deletes data:</b> " : "");
        html.append(escaped(remedy.title(), " "));
        if (!remedy.commands().isEmpty()) {
            html.append("<pre>")
                    .append(escaped(String.join("\n", remedy.commands()), "\n"))
                    .append("</pre>");
        }
        html.append("</li>");
    }

    private static String escaped(String text, String lineBreak) {
        return MailLines.of(text).stream()
                .map(line -> HtmlUtils.htmlEscape(line, "UTF-8"))
                .collect(Collectors.joining(lineBreak));
    }
}
