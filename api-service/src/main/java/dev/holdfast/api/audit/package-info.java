/** Who did what, kept where nobody can change it. */
@NullMarked
package dev.holdfast.api.audit;

import org.jspecify.annotations.NullMarked;
