/** Alerts to a Slack incoming webhook. */
@NullMarked
package dev.holdfast.notification.channel.slack;

import org.jspecify.annotations.NullMarked;
