/** The addresses of databases, as people have them in their settings. */
@NullMarked
package dev.holdfast.common.address;

import org.jspecify.annotations.NullMarked;
