/** What every HTTP answer of this service has in common: errors are problem details with a code. */
@NullMarked
package dev.holdfast.notification.web;

import org.jspecify.annotations.NullMarked;
