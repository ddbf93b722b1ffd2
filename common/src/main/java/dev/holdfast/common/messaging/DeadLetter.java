package dev.holdfast.common.messaging;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not be handled, as it lay in a dead-letter queue.
 *
 * @param id the same for each delivery of this letter
 * @param messageId the same for each letter that the same message becomes, such as one that is replayed in vain
 * @param queue the queue whose consumer could not handle it
 * @param routingKey with which it was published
 * @param reason in one line
 * @param headers text, numbers and truth values alone, without those that dead-lettering has added
 */
public record DeadLetter(
        UUID id,
        UUID messageId,
        String queue,
        String routingKey,
        String reason,
        @Nullable String contentType,
        Map<String, Object> headers,
        byte[] body) {

    /** An attribute of the CloudEvent that it may have been. */
    public Optional<String> attribute(String name) {
        return headers.get(CloudEventAttributes.PREFIX + name) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }
}
