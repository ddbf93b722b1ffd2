package dev.holdfast.notification.channel.slack;

import dev.holdfast.common.failure.Remedy;
import dev.holdfast.notification.channel.AlertMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A message in Slack's blocks, within Slack's limits. */
final class SlackPayload {
    private static final int LONGEST_HEADER = 150;
    private static final int LONGEST_TITLE = 500;
    private static final int MOST_BLOCKS = 40;

    private SlackPayload() {}

    static String of(AlertMessage message) {
        var blocks = new ArrayList<Map<String, Object>>();
        blocks.add(Map.of(
                "type",
                "header",
                "text",
                Map.of(
                        "type",
                        "plain_text",
                        "emoji",
                        false,
                        "text",
                        Mrkdwn.header(message.subject(), LONGEST_HEADER))));
        message.facts().forEach(fact -> blocks.add(section("*" + fact.label() + "*\n" + Mrkdwn.prose(fact.text()))));
        for (int i = 0; i < message.remedies().size() && blocks.size() < MOST_BLOCKS; i++) {
            blocks.add(section(remedy(i + 1, message.remedies().get(i))));
        }
        blocks.add(section(Mrkdwn.link(message.link(), "Open in Holdfast")));
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        // For notifications and for clients that show no blocks.
                        "text",
                        Mrkdwn.prose(message.subject()),
                        "blocks",
                        List.copyOf(blocks),
                        "link_names",
                        false,
                        "unfurl_links",
                        false,
                        "unfurl_media",
                        false));
    }

    private static String remedy(int number, Remedy remedy) {
        var title = number + ". " + (remedy.destructive() ? "*Destructive, deletes data:* " : "")
                + Mrkdwn.prose(remedy.title(), LONGEST_TITLE);
        return remedy.commands().isEmpty() ? title : title + "\n" + Mrkdwn.code(String.join("\n", remedy.commands()));
    }

    /** Verbatim: Slack makes no links, channels or mentions of what looks like one. */
    private static Map<String, Object> section(String mrkdwn) {
        return Map.of("type", "section", "text", Map.of("type", "mrkdwn", "verbatim", true, "text", mrkdwn));
    }
}
