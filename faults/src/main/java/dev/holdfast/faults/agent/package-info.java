/** Points in a service at which it dies by kill -9, put there by a Java agent: production code has none. */
@NullMarked
package dev.holdfast.faults.agent;

import org.jspecify.annotations.NullMarked;
