/** The page of the alerts. */
@NullMarked
package dev.holdfast.api.console.alerts;

import org.jspecify.annotations.NullMarked;
