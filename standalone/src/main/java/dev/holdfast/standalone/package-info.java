/** All three services in one JVM with their own broker and database: Holdfast for a first try and for one small server. */
@NullMarked
package dev.holdfast.standalone;

import org.jspecify.annotations.NullMarked;
