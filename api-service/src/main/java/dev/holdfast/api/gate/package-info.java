/** The filter chain: every request passes here before anything else of this service sees it. */
@NullMarked
package dev.holdfast.api.gate;

import org.jspecify.annotations.NullMarked;
