/** The page of the log of every event. */
@NullMarked
package dev.holdfast.api.console.log;

import org.jspecify.annotations.NullMarked;
