/** The five checks that support would ask for first, as data. */
@NullMarked
package dev.holdfast.worker.doctor;

import org.jspecify.annotations.NullMarked;
