/** Messages that a service could not handle: kept, told of, and given back to it or discarded by people. */
@NullMarked
package dev.holdfast.notification.parked;

import org.jspecify.annotations.NullMarked;
