/** Accounts, their passwords and tokens, and the links that let somebody set a password. */
@NullMarked
package dev.holdfast.api.account;

import org.jspecify.annotations.NullMarked;
