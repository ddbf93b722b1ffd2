package dev.holdfast.notification.alert;

import dev.holdfast.notification.channel.AlertKind;
import dev.holdfast.notification.channel.AlertMessage;
import dev.holdfast.notification.channel.AlertMessage.Fact;
import dev.holdfast.notification.incident.FlappingProperties;
import dev.holdfast.notification.incident.GoodBackup;
import dev.holdfast.notification.incident.GoodBackups;
import dev.holdfast.notification.incident.HitSource;
import dev.holdfast.notification.incident.Incident;
import dev.holdfast.notification.text.PlainLine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Says what an incident is and what to do. Written when it is sent, so that a late message tells the present state. */
@Component
class Composition {
    private static final Duration LATE = Duration.ofMinutes(5);
    private static final int LONGEST_NAME = 120;
    private static final int MOST_NAMES = 10;
    private static final int LONGEST_DETAIL = 1500;

    private final GoodBackups goodBackups;
    private final FlappingProperties flapping;
    private final AlertProperties properties;
    private final Clock clock;

    Composition(GoodBackups goodBackups, FlappingProperties flapping, AlertProperties properties, Clock clock) {
        this.goodBackups = goodBackups;
        this.flapping = flapping;
        this.properties = properties;
        this.clock = clock;
    }

    AlertMessage of(Incident incident, AlertKind kind) {
        return switch (kind) {
            case RAISED ->
                new AlertMessage(
                        incident.id(),
                        kind,
                        (incident.isPermission() ? "[FAILED] [PERMISSION] " : "[FAILED] ") + incident.title(),
                        raised(incident),
                        incident.failure().remedies(),
                        link(incident));
            case RESOLVED ->
                new AlertMessage(
                        incident.id(),
                        kind,
                        "[RESOLVED] " + incident.title(),
                        resolved(incident),
                        List.of(),
                        link(incident));
        };
    }

    private List<Fact> raised(Incident incident) {
        var now = clock.instant();
        var extent = incident.extent();
        var facts = new ArrayList<Fact>();
        facts.add(new Fact(
                "What happened",
                incident.failure().summary() + "\n" + incident.failure().code()));
        facts.add(where(incident));
        facts.add(new Fact("Since", Times.ago(extent.since(), now)));
        if (extent.since().plus(LATE).isBefore(now)) {
            facts.add(new Fact(
                    "Late",
                    "this message could not be sent before; the last failure was at "
                            + Times.at(extent.lastFailureAt())));
        }
        if (incident.flapping()) {
            facts.add(new Fact("Comes and goes", comesAndGoes()));
        }
        facts.add(new Fact("Cause", incident.failure().cause()));
        facts.add(detail(incident));
        facts.add(hit(incident));
        facts.add(lastGood(incident, now));
        return facts;
    }

    private List<Fact> resolved(Incident incident) {
        var over = Objects.requireNonNull(incident.resolvedAt(), "an end that has not come can't be told");
        var extent = incident.extent();
        return List.of(
                new Fact(
                        "What is over",
                        incident.failure().summary() + "\n" + incident.failure().code()),
                where(incident),
                new Fact(
                        "From, to",
                        "%s to %s (%s)"
                                .formatted(
                                        Times.at(extent.since()),
                                        Times.at(over),
                                        Times.length(Duration.between(extent.since(), over)))),
                hit(incident),
                lastGood(incident, clock.instant()));
    }

    private String comesAndGoes() {
        return "it came back %d times within %s; until it has stayed away for %s, nothing more is sent about it"
                .formatted(flapping.times(), Times.length(flapping.within()), Times.length(flapping.within()));
    }

    private static Fact where(Incident incident) {
        if (incident.isOfMessages()) {
            return new Fact("Where", "the messages between the services; backups go on");
        }
        var sources = incident.extent().sources();
        var names = sources.stream()
                .limit(MOST_NAMES)
                .map(HitSource::name)
                .map(Composition::quoted)
                .collect(Collectors.joining(", "));
        var more = sources.size() > MOST_NAMES ? " and " + (sources.size() - MOST_NAMES) + " more" : "";
        return new Fact("Where", sources.isEmpty() ? "the storage of all backups" : "source " + names + more);
    }

    private static Fact detail(Incident incident) {
        var detail = incident.failure().detail();
        return new Fact(
                "Detail", detail.isBlank() ? "none" : detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL)));
    }

    private static Fact hit(Incident incident) {
        var extent = incident.extent();
        if (incident.isOfMessages()) {
            return new Fact("Messages set aside", String.valueOf(extent.failures()));
        }
        var ids = extent.backups().stream().map(Object::toString).collect(Collectors.joining("\n"));
        return new Fact(
                "Backups hit",
                "%d, in %d failed attempts%s"
                        .formatted(extent.backupsHit(), extent.failures(), ids.isEmpty() ? "" : "\n" + ids));
    }

    private Fact lastGood(Incident incident, Instant now) {
        var backups = goodBackups.before(incident.extent());
        var text = backups.stream().map(backup -> line(backup, now)).collect(Collectors.joining("\n"));
        return new Fact("Last good backup", text.isEmpty() ? "none is known" : text);
    }

    private static String line(GoodBackup backup, Instant now) {
        return "%s: %s, %s, %s"
                .formatted(quoted(backup.source()), Times.ago(backup.at(), now), backup.id(), backup.path());
    }

    private static String quoted(String name) {
        return "\"" + PlainLine.of(name, LONGEST_NAME) + "\"";
    }

    private String link(Incident incident) {
        var backups = incident.extent().backups();
        return properties.consoleUrl() + (backups.isEmpty() ? "/" : "/backups/" + backups.getFirst());
    }
}
