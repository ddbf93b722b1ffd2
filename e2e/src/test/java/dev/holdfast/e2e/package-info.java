/** Tests that start the Compose stack by the launcher, break its volume in every way that is known, and repair it by the printed command. */
@NullMarked
package dev.holdfast.e2e;

import org.jspecify.annotations.NullMarked;
