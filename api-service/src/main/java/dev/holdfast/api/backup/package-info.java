/** Requests for backups, and the catalogue that their events keep up to date. */
@NullMarked
package dev.holdfast.api.backup;

import org.jspecify.annotations.NullMarked;
