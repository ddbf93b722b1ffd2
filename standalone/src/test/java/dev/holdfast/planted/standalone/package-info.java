/** A class that keeps every rule, to show that rules do not find what is not there. */
@NullMarked
package dev.holdfast.planted.standalone;

import org.jspecify.annotations.NullMarked;
