package dev.holdfast.api.account;

import dev.holdfast.api.access.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a program comes in.
 *
 * @param accountName whose it is
 * @param scope the most it may do; less where its account may do less
 * @param expiresAt null where it does not
 * @param lastUsedAt to the minute
 */
record ApiToken(
        UUID id,
        UUID account,
        String accountName,
        String name,
        Role scope,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {}
