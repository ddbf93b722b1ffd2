/** Every way a backup can fail, as data: a code, its class, a cause and remedies that someone can type. */
@NullMarked
package dev.holdfast.common.failure;

import org.jspecify.annotations.NullMarked;
