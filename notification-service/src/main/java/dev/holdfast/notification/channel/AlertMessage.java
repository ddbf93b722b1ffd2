package dev.holdfast.notification.channel;

import dev.holdfast.common.failure.Remedy;
import java.util.List;
import java.util.UUID;

/**
 * What people are told, before it takes the form of a channel. Texts come from outside: every channel makes them harmless in its
 * own way, but line breaks are left in details and commands alone.
 *
 * @param subject one line
 * @param facts what, where, since when and why, in the order of reading
 * @param remedies what to do, in this order; empty when it is over
 * @param link where to see more
 */
public record AlertMessage(
        UUID alertId, AlertKind kind, String subject, List<Fact> facts, List<Remedy> remedies, String link) {

    /** A label and what it is about; the text may have lines. */
    public record Fact(String label, String text) {}
}
