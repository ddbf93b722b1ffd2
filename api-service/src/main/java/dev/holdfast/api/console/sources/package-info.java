/** The pages of the sources. */
@NullMarked
package dev.holdfast.api.console.sources;

import org.jspecify.annotations.NullMarked;
