package dev.holdfast.api.source;

import dev.holdfast.api.web.PlainText;
import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.event.SslMode;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.text.Normalizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says about a source, new or changed.
 *
 * @param name of people's choice, unique
 * @param host a host name or an IP address; an IPv6 address may come in brackets
 * @param database its exact name, whatever characters it has
 * @param password required for a new source; a change without it keeps the one there is, if host and port stay
 * @param sslMode {@code prefer} where nothing is said
 * @param mediaPaths absolute directories on the worker that belong to the source
 * @param paused whether new backups of it are refused; a change without it keeps what there is
 */
@Schema(name = "SourceRequest")
public record SourceRequest(
        @NotNull(message = "is required") @Schema(example = "webshop") @PlainText
        String name,

        @NotNull(message = "is required") @Schema(example = "db.internal") @HostName
        String host,

        @NotNull(message = "is required")
        @Min(value = 1, message = "must be from 1 to 65535")
        @Max(value = 65535, message = "must be from 1 to 65535")
        @Schema(example = "5432")
        Integer port,

        @NotNull(message = "is required") @Schema(example = "webshop") @PostgresName
        String database,

        @NotNull(message = "is required") @Schema(example = "backup") @PostgresName
        String username,

        @NotNull(message = "is required", groups = ForNewSource.class)
        @PostgresPassword
        @Schema(
                accessMode = Schema.AccessMode.WRITE_ONLY,
                format = "password",
                description =
                        "Required for a new source and for a test of one; a change without it keeps the one there is",
                example = "correct horse battery staple")
        @Nullable
        String password,

        @Schema(description = "prefer where nothing is said", example = "verify-full") @Nullable
        SslMode sslMode,

        @Nullable
        @Size(max = 32, message = "must have at most 32 entries")
        @Schema(
                description = "Absolute directories on the worker that belong to the source",
                example = "[\"/srv/webshop/media\"]")
        List<@NotNull(message = "must be a string") @MediaPath String> mediaPaths,

        @Schema(
                description = "Whether new backups of it are refused; a change without it keeps what there is",
                example = "false")
        @Nullable
        Boolean paused) {

    /** What must be there for a source to come into being. */
    public interface ForNewSource {}

    /** The name in Unicode's composed form, so that two names that look the same are the same. */
    String normalName() {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    SourceConnection connection() {
        var mode = sslMode == null ? SslMode.PREFER : sslMode;
        return new SourceConnection(HostNames.withoutBrackets(host), port, database, username, mode);
    }

    List<String> media() {
        return mediaPaths == null ? List.of() : List.copyOf(mediaPaths);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "SourceRequest[name=" + name + "]";
    }
}
