package dev.holdfast.notification.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the alerts, newest first.
 *
 * @param next the cursor of the page after this one; null on the last
 */
record AlertPage(List<AlertItem> items, @Nullable String next) {}
