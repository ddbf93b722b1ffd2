/** The front door: REST, live updates, the sources and the catalogue of backups. */
@NullMarked
package dev.holdfast.api;

import org.jspecify.annotations.NullMarked;
