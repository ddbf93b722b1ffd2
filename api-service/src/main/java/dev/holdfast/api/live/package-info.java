/** Every event as it happens, over Server-Sent Events. */
@NullMarked
package dev.holdfast.api.live;

import org.jspecify.annotations.NullMarked;
