/** What pages show of the notification-service. */
@NullMarked
package dev.holdfast.api.console.notification;

import org.jspecify.annotations.NullMarked;
