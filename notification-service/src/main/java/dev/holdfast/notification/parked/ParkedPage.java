package dev.holdfast.notification.parked;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what is parked, newest first by when it was set aside for the first time.
 *
 * @param next the cursor of the page after this one; null on the last
 */
record ParkedPage(List<ParkedMessage> items, @Nullable String next) {}
