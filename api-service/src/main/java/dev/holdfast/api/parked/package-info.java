/** Messages that a service could not handle, as the notification-service keeps them. */
@NullMarked
package dev.holdfast.api.parked;

import org.jspecify.annotations.NullMarked;
