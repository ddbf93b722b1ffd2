package dev.holdfast.notification.parked;

import dev.holdfast.notification.web.IdCursor;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The parked messages over HTTP. */
@RestController
class ParkedMessageApi {
    private final ParkedMessages messages;
    private final SettleMessage settle;

    ParkedMessageApi(ParkedMessages messages, SettleMessage settle) {
        this.messages = messages;
        this.settle = settle;
    }

    /** What is parked, the newest first by when it was set aside for the first time; see {@link ParkedQuery}. */
    @GetMapping("/api/v1/parked-messages")
    ParkedPage list(@RequestParam MultiValueMap<String, String> parameters) {
        var query = ParkedQuery.parse(parameters);
        // One more tells whether there is a next page.
        var found = messages.page(query.queue(), query.before(), query.limit() + 1);
        if (found.size() <= query.limit()) {
            return new ParkedPage(found, null);
        }
        var page = found.subList(0, query.limit());
        return new ParkedPage(page, IdCursor.of(page.getLast().id()));
    }

    @GetMapping("/api/v1/parked-messages/{id}")
    ParkedMessage get(@PathVariable UUID id) {
        return messages.find(id).orElseThrow(SettleMessage::missing);
    }

    @PostMapping("/api/v1/parked-messages/{id}/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void replay(@PathVariable UUID id) {
        settle.replay(id);
    }

    @DeleteMapping("/api/v1/parked-messages/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable UUID id) {
        settle.discard(id);
    }
}
