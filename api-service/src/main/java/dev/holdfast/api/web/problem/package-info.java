/** Every error as problem+json (RFC 9457), whoever raised it. */
@NullMarked
package dev.holdfast.api.web.problem;

import org.jspecify.annotations.NullMarked;
