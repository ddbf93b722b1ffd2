/** What {@code ./holdfast backup} runs: a client of the REST interface like any other. */
@NullMarked
package dev.holdfast.standalone.cli;

import org.jspecify.annotations.NullMarked;
