/** The page of the ways in which people are told of alerts. */
@NullMarked
package dev.holdfast.api.console.channels;

import org.jspecify.annotations.NullMarked;
