package dev.holdfast.notification.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the log, newest first.
 *
 * @param next the cursor of the page after this one; null on the last
 */
record LogPage(List<LogItem> items, @Nullable String next) {}
