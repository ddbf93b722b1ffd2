/** The notification-service: keeps every event for those who ask later what happened. */
@NullMarked
package dev.holdfast.notification;

import org.jspecify.annotations.NullMarked;
