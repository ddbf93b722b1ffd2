/** Signing in, the first administrator, accounts, tokens and the audit log, as pages. */
@NullMarked
package dev.holdfast.api.console.access;

import org.jspecify.annotations.NullMarked;
