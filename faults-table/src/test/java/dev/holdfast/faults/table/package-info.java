/** Which row of docs/faults.md survives, by the reports of the tests that it names. */
@NullMarked
package dev.holdfast.faults.table;

import org.jspecify.annotations.NullMarked;
