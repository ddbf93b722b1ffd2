package dev.holdfast.api.console.backups;

import dev.holdfast.api.document.Documents;
import dev.holdfast.api.live.LiveFeed;
import dev.holdfast.api.upstream.Upstream;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** The events of one backup across the services: who told what, and when the other two had recorded it. */
@Component
class Timeline {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final TypeReference<LogPage> LOG = new TypeReference<>() {};

    /**
     * An event.
     *
     * @param teller the service that it came from
     * @param catalogued how long after that it was in the catalogue; absent where this is no longer known
     * @param logged how long after that it was in the log of events
     */
    record Entry(
            Instant time,
            String level,
            String message,
            @Nullable Integer attempt,
            String teller,
            @Nullable Duration catalogued,
            Duration logged) {}

    private record LogPage(List<LogItem> items) {}

    private record LogItem(
            UUID eventId,
            Instant time,
            Instant recordedAt,
            String type,
            String level,
            @Nullable Integer attempt,
            String message) {}

    private final Upstream notification;
    private final LiveFeed feed;
    private final Documents documents;

    Timeline(Upstream notification, LiveFeed feed, Documents documents) {
        this.notification = notification;
        this.feed = feed;
        this.documents = documents;
    }

    /**
     * Oldest first, without mere progress.
     *
     * @throws ApiProblem when the notification-service, which has the log, does not answer
     */
    List<Entry> of(UUID backup) {
        var reply = notification.exchange("GET", "/api/v1/log?limit=200&backup=" + backup, null, LIMIT);
        if (!reply.isSuccess()) {
            throw new ApiProblem(
                    ProblemCode.UPSTREAM_FAILED, "the notification-service answered with " + reply.status());
        }
        var recorded = feed.recorded(backup);
        return Objects.requireNonNull(documents.read(reply.body(), LOG)).items().reversed().stream()
                .map(item -> entry(item, recorded))
                .toList();
    }

    private static Entry entry(LogItem item, Map<UUID, Instant> recorded) {
        var catalogued = recorded.get(item.eventId());
        return new Entry(
                item.time(),
                item.level(),
                item.message(),
                item.attempt(),
                teller(item.type()),
                catalogued == null ? null : since(item.time(), catalogued),
                since(item.time(), item.recordedAt()));
    }

    private static Duration since(Instant begin, Instant end) {
        var taken = Duration.between(begin, end);
        return taken.isNegative() ? Duration.ZERO : taken;
    }

    private static String teller(String type) {
        if (type.startsWith("dev.holdfast.alert.")) {
            return "notification-service";
        }
        return type.contains("requested") ? "api-service" : "backup-worker";
    }
}
