/** Values that are kept as one JSON column, since nothing is searched by their parts. */
@NullMarked
package dev.holdfast.api.document;

import org.jspecify.annotations.NullMarked;
