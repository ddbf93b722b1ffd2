package dev.holdfast.api;

import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import dev.holdfast.common.event.SealedSecret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;

/** Opens what was sealed, as the worker does. */
public final class SealOpener {
    private SealOpener() {}

    public static String open(SealedSecret sealed, String identity) throws IOException, GeneralSecurityException {
        var file = Base64.getDecoder().decode(sealed.ciphertext());
        var reader = X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity);
        try (var channel = new StandardDecryptingChannelFactory()
                .newDecryptingChannel(Channels.newChannel(new ByteArrayInputStream(file)), List.of(reader))) {
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
