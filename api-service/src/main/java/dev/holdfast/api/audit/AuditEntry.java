package dev.holdfast.api.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who did what, and how it came out.
 *
 * @param actor what people know the caller by; empty where it is not known who it was
 * @param actorKind SESSION, TOKEN, LOCAL or NOBODY
 * @param address it came from
 * @param action as {@link dev.holdfast.api.access.Routes} calls it
 * @param target what it was done to: an id, or the name that was typed at signing in
 * @param status of HTTP; null where it is not known, since the service ended before its answer
 * @param result the address of what came into being
 */
public record AuditEntry(
        UUID id,
        Instant at,
        String actor,
        String actorKind,
        String address,
        String action,
        String target,
        @Nullable Integer status,
        @Nullable String result) {}
