/** Telling people about incidents: what is said, its delivery, and the list of alerts over HTTP. */
@NullMarked
package dev.holdfast.notification.alert;

import org.jspecify.annotations.NullMarked;
