/** One effect for one Idempotency-Key, however often it is sent. */
@NullMarked
package dev.holdfast.api.web.idempotency;

import org.jspecify.annotations.NullMarked;
