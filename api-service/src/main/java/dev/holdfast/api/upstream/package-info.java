/** Calls to the other services, whose answers are passed on as they come. */
@NullMarked
package dev.holdfast.api.upstream;

import org.jspecify.annotations.NullMarked;
