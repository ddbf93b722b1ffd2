/** The ways in which people are told of alerts, as the notification-service has them. */
@NullMarked
package dev.holdfast.api.channel;

import org.jspecify.annotations.NullMarked;
