package dev.holdfast.notification.channel;

import java.util.Optional;

/** Makes a channel of the settings, if they ask for one. */
public interface ChannelFactory {

    /** The {@linkplain Channel#name name} that its channel has. */
    String name();

    /** What to set for one, in words. */
    String settings();

    /**
     * The channel that the settings describe; empty when they describe none.
     *
     * @throws IllegalStateException when they describe one that can't be; the text says what to set, and holds no secret
     */
    Optional<Channel> channel();
}
