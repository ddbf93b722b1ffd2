/** Text from outside, made harmless for where it goes. */
@NullMarked
package dev.holdfast.notification.text;

import org.jspecify.annotations.NullMarked;
