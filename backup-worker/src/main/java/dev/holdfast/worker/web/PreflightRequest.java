package dev.holdfast.worker.web;

import dev.holdfast.common.event.SealedSecret;
import dev.holdfast.common.event.SourceConnection;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source as somebody wants to have it looked at; it need not be stored yet. */
record PreflightRequest(
        @NotNull String sourceName,
        @NotNull SourceConnection connection,
        @NotNull SealedSecret sealedPassword,
        @Nullable List<String> mediaPaths) {

    List<String> media() {
        return mediaPaths == null ? List.of() : mediaPaths;
    }
}
