/** The page of the messages that nobody could handle. */
@NullMarked
package dev.holdfast.api.console.parked;

import org.jspecify.annotations.NullMarked;
