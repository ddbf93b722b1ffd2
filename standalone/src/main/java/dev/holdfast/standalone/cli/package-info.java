/** What {@code ./holdfast backup} and {@code doctor} run: clients of the REST interface like any other. */
@NullMarked
package dev.holdfast.standalone.cli;

import org.jspecify.annotations.NullMarked;
