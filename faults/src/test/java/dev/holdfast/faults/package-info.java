/** The real services as processes, the servers and networks around them, and what can be done to each. */
@NullMarked
package dev.holdfast.faults;

import org.jspecify.annotations.NullMarked;
