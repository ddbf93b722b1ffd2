/** The facts that cross the wire: one record per event type, wrapped in an {@link dev.holdfast.common.event.EventEnvelope}. */
@NullMarked
package dev.holdfast.common.event;

import org.jspecify.annotations.NullMarked;
