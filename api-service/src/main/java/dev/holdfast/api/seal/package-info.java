/** Passwords are encrypted to the worker's key before they are stored. */
@NullMarked
package dev.holdfast.api.seal;

import org.jspecify.annotations.NullMarked;
