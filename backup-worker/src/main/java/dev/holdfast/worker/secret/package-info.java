/** The worker's key, and what was sealed to it. */
@NullMarked
package dev.holdfast.worker.secret;

import org.jspecify.annotations.NullMarked;
