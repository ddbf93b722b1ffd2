package dev.holdfast.api.source;

import dev.holdfast.common.event.SslMode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A source as it is shown: everything but the password. */
@Schema(name = "Source")
record SourceView(
        @Schema(example = "01a1a0b0-3e76-752e-bca9-6513269e0d37")
        UUID id,

        @Schema(example = "webshop") String name,
        @Schema(example = "db.internal") String host,
        @Schema(example = "5432") int port,
        @Schema(example = "webshop") String database,
        @Schema(example = "backup") String username,
        @Schema(example = "true") boolean passwordSet,
        @Schema(example = "verify-full") SslMode sslMode,
        @Schema(example = "[\"/srv/webshop/media\"]") List<String> mediaPaths,
        @Schema(example = "false") boolean paused,
        @Schema(example = "2026-11-03T09:14:27.318042Z") Instant createdAt,
        @Schema(example = "2026-11-18T16:40:02.771390Z") Instant updatedAt) {

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
