/** What people have been told about incidents: the notification-service's alerts. */
@NullMarked
package dev.holdfast.api.alert;

import org.jspecify.annotations.NullMarked;
