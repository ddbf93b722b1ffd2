package dev.holdfast.api.live;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event in the feed.
 *
 * @param id its place: a greater one was committed later
 * @param backupId that it is about; absent where it is about something else
 * @param type its name on the wire
 * @param body a CloudEvent in JSON, on one line
 */
record LiveEvent(long id, @Nullable UUID backupId, String type, String body) {}
