package dev.holdfast.notification.log;

import dev.holdfast.common.messaging.Inbox;
import dev.holdfast.notification.parked.ParkedEvents;
import dev.holdfast.notification.web.QueryParameters;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where the api-service asks whether events have come, since a queue that somebody deletes takes its messages along
 * (docs/adr/0014-lost-messages.md). The inbox answers, not the log: it is what would pass an event over that is told again.
 */
@RestController
class HeardEvents {
    private static final String IDS = "ids";
    private static final int MOST = 100;

    private final Inbox inbox;
    private final ParkedEvents parked;

    HeardEvents(Inbox inbox, ParkedEvents parked) {
        this.inbox = inbox;
        this.parked = parked;
    }

    /** @param heard those of the events that were asked about that are in the log, or parked: to tell these again would help nobody */
    record Heard(Set<UUID> heard) {}

    @GetMapping("/internal/v1/events/heard")
    Heard heard(@RequestParam MultiValueMap<String, String> given) {
        var ids = ids(given);
        var heard = new HashSet<>(inbox.delivered(ids));
        heard.addAll(parked.among(ids));
        return new Heard(heard);
    }

    private static List<UUID> ids(MultiValueMap<String, String> given) {
        var parameters = new QueryParameters(given, Set.of(IDS));
        var ids = parameters.read(IDS, HeardEvents::parse, "the ids of 1 to " + MOST + " events, with commas between");
        if (!given.containsKey(IDS)) {
            parameters.reject(IDS, "is missing");
        }
        parameters.requireValid();
        return Objects.requireNonNull(ids);
    }

    private static Optional<List<UUID>> parse(String value) {
        var texts = value.split(",", -1);
        var ids = Arrays.stream(texts)
                .flatMap(text -> UuidText.parse(text).stream())
                .toList();
        return texts.length <= MOST && ids.size() == texts.length ? Optional.of(ids) : Optional.empty();
    }
}
