/** The databases that can be backed up. */
@NullMarked
package dev.holdfast.api.source;

import org.jspecify.annotations.NullMarked;
