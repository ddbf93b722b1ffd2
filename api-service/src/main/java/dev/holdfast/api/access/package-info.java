/** Who a request comes from, what it needs, and the one table that says so. */
@NullMarked
package dev.holdfast.api.access;

import org.jspecify.annotations.NullMarked;
