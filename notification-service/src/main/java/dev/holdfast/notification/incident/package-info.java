/** What is wrong at present: incidents as a function of the events that have arrived, in whatever order they did. */
@NullMarked
package dev.holdfast.notification.incident;

import org.jspecify.annotations.NullMarked;
