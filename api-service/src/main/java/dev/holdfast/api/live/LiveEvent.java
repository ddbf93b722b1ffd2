package dev.holdfast.api.live;

import java.util.UUID;

/**
 * An event in the feed.
 *
 * @param id its place: a greater one was committed later
 * @param type its name on the wire
 * @param body a CloudEvent in JSON, on one line
 */
record LiveEvent(long id, UUID backupId, String type, String body) {}
