package dev.holdfast.api.source;

import dev.holdfast.common.event.SslMode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A source as it is shown: everything but the password. */
@Schema(name = "Source")
record SourceView(
        UUID id,
        String name,
        String host,
        int port,
        String database,
        String username,
        boolean passwordSet,
        SslMode sslMode,
        List<String> mediaPaths,
        boolean paused,
        Instant createdAt,
        Instant updatedAt) {

    static SourceView of(Source source) {
        var connection = source.connection();
        return new SourceView(
                source.id().value(),
                source.name(),
                connection.host(),
                connection.port(),
                connection.database(),
                connection.username(),
                source.passwordSet(),
                connection.sslMode(),
                source.mediaPaths(),
                source.paused(),
                source.createdAt(),
                source.updatedAt());
    }
}
