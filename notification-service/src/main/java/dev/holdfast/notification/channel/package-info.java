/** The port to the ways in which people are told, and what is told to them. */
@NullMarked
package dev.holdfast.notification.channel;

import org.jspecify.annotations.NullMarked;
