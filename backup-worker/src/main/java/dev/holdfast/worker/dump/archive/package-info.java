/** Turns pg_dump's uncompressed stream into a compressed directory archive on every core, and reads such a directory through. */
@NullMarked
package dev.holdfast.worker.dump.archive;

import org.jspecify.annotations.NullMarked;
