package dev.holdfast.api.seal;

import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.common.event.SealedSecret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Encrypts passwords to the worker's public key (age, X25519), so that this service can store them and can't read them back. The key
 * is read at each use: the worker may make it after this service has started.
 */
@Component
@EnableConfigurationProperties(SealProperties.class)
public class PasswordSeal {
    private final SealProperties properties;

    PasswordSeal(SealProperties properties) {
        this.properties = properties;
    }

    /**
     * Seals a password.
     *
     * @throws ApiProblem {@code SEAL_KEY_MISSING} when the worker's public key is not there or is none
     */
    public SealedSecret seal(String password) {
        var sealed = new ByteArrayOutputStream();
        try {
            var recipient = X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient());
            try (var channel = new StandardEncryptingChannelFactory()
                    .newEncryptingChannel(Channels.newChannel(sealed), List.of(recipient))) {
                channel.write(ByteBuffer.wrap(password.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new ApiProblem(
                    ProblemCode.SEAL_KEY_MISSING,
                    "no usable public key in " + properties.recipientFile(),
                    List.of(),
                    e);
        }
        return new SealedSecret(Base64.getEncoder().encodeToString(sealed.toByteArray()));
    }

    private String recipient() throws IOException {
        return Files.readString(properties.recipientFile()).strip();
    }
}
