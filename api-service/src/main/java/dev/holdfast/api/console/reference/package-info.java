/** The description of REST, to be read and tried in the browser. */
@NullMarked
package dev.holdfast.api.console.reference;

import org.jspecify.annotations.NullMarked;
