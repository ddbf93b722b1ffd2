/** The searchable log of every event: recorded once, whatever the order or the number of deliveries. */
@NullMarked
package dev.holdfast.notification.log;

import org.jspecify.annotations.NullMarked;
