package dev.holdfast.api.audit;

import io.swagger.v3.oas.annotations.media.Schema;
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
 * @param target what it was done to: the path that was asked for, or the account that was to be signed in
 * @param status of HTTP; null where it is not known, since the service ended before its answer
 * @param result the address of what came into being, or what an identity provider's word made of an account
 */
public record AuditEntry(
        @Schema(example = "01a1a0b0-3e78-76ca-83c8-90c1d3ac94af")
        UUID id,

        @Schema(example = "2026-11-03T09:14:27.320855Z") Instant at,
        @Schema(example = "Ada") String actor,

        @Schema(allowableValues = {"SESSION", "TOKEN", "LOCAL", "NOBODY"})
        String actorKind,

        @Schema(example = "192.0.2.17") String address,
        @Schema(example = "source.create") String action,
        @Schema(example = "/api/v1/sources") String target,
        @Schema(example = "201") @Nullable Integer status,

        @Schema(example = "/api/v1/sources/01a1a0b0-3e76-752e-bca9-6513269e0d37") @Nullable
        String result) {}
