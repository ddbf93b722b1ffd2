/** The pages of backups: the list, the form for a new one, and one backup with everything that is known of it. */
@NullMarked
package dev.holdfast.api.console.backups;

import org.jspecify.annotations.NullMarked;
