package dev.holdfast.worker.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads {@code manifest.json}: for people first, so indented, in the record's order, the same bytes on every machine. */
final class ManifestFile {
    static final String NAME = "manifest.json";
    static final int FORMAT_VERSION = 1;

    private static final Logger LOG = LoggerFactory.getLogger(ManifestFile.class);
    private static final String PARTIAL_NAME = NAME + ".part";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter WRITER = MAPPER.writer()
            .with(new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES));

    private ManifestFile() {}

    /** Writes the manifest into a directory; it appears whole and on the disk, or not at all. */
    static void write(Path directory, Manifest manifest) throws IOException {
        var partial = directory.resolve(PARTIAL_NAME);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try (var channel = FileChannel.open(partial, options, PosixFilePermissions.asFileAttribute(Modes.FILE))) {
            var bytes = ByteBuffer.wrap((WRITER.writeValueAsString(manifest) + "\n").getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            Modes.set(partial, Modes.FILE);
            channel.force(true);
        }
        Files.move(partial, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        Fsync.of(directory);
    }

    /** Empty where there is none, or none of this format. */
    static Optional<Manifest> read(Path directory) throws IOException {
        var file = directory.resolve(NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readValue(Files.readAllBytes(file), Manifest.class))
                    .filter(manifest -> manifest.formatVersion() == FORMAT_VERSION);
        } catch (JacksonException e) {
            LOG.warn("{} is not a manifest that this version can read; the directory is left alone", file, e);
            return Optional.empty();
        }
    }
}
