/** The media directories beside a database, as one archive. */
@NullMarked
package dev.holdfast.worker.media;

import org.jspecify.annotations.NullMarked;
