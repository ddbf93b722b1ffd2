/** How the services know each other on the wire: one shared token, without which the inner ones answer nobody. */
@NullMarked
package dev.holdfast.common.peer;

import org.jspecify.annotations.NullMarked;
