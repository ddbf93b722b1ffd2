/** The event log of the notification-service, reachable through this door. */
@NullMarked
package dev.holdfast.api.log;

import org.jspecify.annotations.NullMarked;
