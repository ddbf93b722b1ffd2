package dev.holdfast.worker.secret;

import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import dev.holdfast.common.event.SealedSecret;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** An age X25519 identity in a file: made at the first start, and read anew at each use, so that it can be replaced. */
@Component
class WorkerKey implements Secrets {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerKey.class);
    private static final String IDENTITY = "AGE-SECRET-KEY-1";
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path identityFile;
    private final Path recipientFile;

    WorkerKey(SealSettings settings) {
        identityFile = settings.identityFile().toAbsolutePath();
        recipientFile = settings.recipient();
        try {
            Files.createDirectories(identityFile.getParent());
            if (Files.notExists(identityFile)) {
                create();
            }
            publishRecipient();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the worker's key %s can't be made or read, or its public half %s not written"
                            .formatted(identityFile, recipientFile),
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the worker's key is not an age X25519 identity: " + identityFile, e);
        }
    }

    @Override
    public String open(SealedSecret secret) {
        try {
            byte[] sealed = Base64.getDecoder().decode(secret.ciphertext());
            var reader = X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity());
            try (var channel = new StandardDecryptingChannelFactory()
                            .newDecryptingChannel(
                                    Channels.newChannel(new ByteArrayInputStream(sealed)), List.of(reader));
                    var stream = Channels.newInputStream(channel)) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new BackupException(
                    Failure.of(
                            FailureCode.SECRET_UNREADABLE,
                            "the source's password can't be opened with this worker's key",
                            e.getClass().getSimpleName() + " with the key in " + identityFile,
                            Map.of()),
                    e);
        }
    }

    private String identity() throws IOException {
        try (var lines = Files.lines(identityFile)) {
            return lines.map(String::strip)
                    .filter(line -> line.startsWith(IDENTITY))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no age identity in " + identityFile));
        }
    }

    /** Whole or not at all, and never over a key that another worker made at the same moment. */
    private void create() throws IOException, GeneralSecurityException {
        KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
        Path draft = write(identityFile, new String(pair.getPrivate().getEncoded(), StandardCharsets.US_ASCII));
        try {
            Files.createLink(identityFile, draft);
        } catch (FileAlreadyExistsException e) {
            LOG.info("another worker has just made the key {}; it is used", identityFile);
        } finally {
            Files.delete(draft);
        }
    }

    private void publishRecipient() throws IOException, GeneralSecurityException {
        var identity = new SecretKeySpec(identity().getBytes(StandardCharsets.US_ASCII), "X25519");
        var recipient = new X25519KeyFactory().translateKey(identity).getEncoded();
        Files.createDirectories(recipientFile.getParent());
        Path draft = write(recipientFile, new String(recipient, StandardCharsets.US_ASCII));
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(draft, recipientFile, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Writes a draft beside the file that it is to become. */
    private static Path write(Path target, String text) throws IOException {
        Path draft = Files.createTempFile(target.getParent(), ".key", null, OWNER_ONLY);
        return Files.writeString(draft, text + "\n");
    }
}
