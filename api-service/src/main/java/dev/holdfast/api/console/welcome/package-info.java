/** The first steps, from nothing to the first backup. */
@NullMarked
package dev.holdfast.api.console.welcome;

import org.jspecify.annotations.NullMarked;
