package dev.holdfast.api.source;

import dev.holdfast.common.event.SealedSecret;
import dev.holdfast.common.event.SourceConnection;
import java.util.List;

/** What the worker has to know to look at a source without backing it up. */
record PreflightRequest(
        String sourceName, SourceConnection connection, SealedSecret sealedPassword, List<String> mediaPaths) {

    static PreflightRequest of(Source source) {
        return new PreflightRequest(
                source.name(), source.resolvableConnection(), source.sealedPassword(), source.mediaPaths());
    }
}
