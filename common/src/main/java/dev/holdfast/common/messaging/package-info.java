/** Outbox and inbox: at least once on the wire, exactly once in effect. The only Spring in this module. */
@NullMarked
package dev.holdfast.common.messaging;

import org.jspecify.annotations.NullMarked;
