/** Sizes and durations in words, the same wherever people read them. */
@NullMarked
package dev.holdfast.common.quantity;

import org.jspecify.annotations.NullMarked;
