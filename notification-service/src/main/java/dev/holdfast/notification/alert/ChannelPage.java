package dev.holdfast.notification.alert;

import java.util.List;

/** All channels that there can be. */
record ChannelPage(List<ChannelItem> items) {}
