/** Alerts as e-mail over SMTP. */
@NullMarked
package dev.holdfast.notification.channel.email;

import org.jspecify.annotations.NullMarked;
