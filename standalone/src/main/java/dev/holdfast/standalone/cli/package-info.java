/** What {@code ./holdfast backup}, {@code doctor} and {@code sources} run: clients of the REST interface like any other. */
@NullMarked
package dev.holdfast.standalone.cli;

import org.jspecify.annotations.NullMarked;
