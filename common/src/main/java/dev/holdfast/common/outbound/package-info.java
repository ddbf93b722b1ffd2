/** Where this machine may connect to when somebody else names the place: decided on the very address that is connected to. */
@NullMarked
package dev.holdfast.common.outbound;

import org.jspecify.annotations.NullMarked;
