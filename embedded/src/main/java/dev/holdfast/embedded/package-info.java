/** A broker and a database inside the JVM: what standalone runs on, and what tests run against. */
@NullMarked
package dev.holdfast.embedded;

import org.jspecify.annotations.NullMarked;
