package dev.holdfast.api.access;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How people and programs come in.
 *
 * @param localToken of programs on this machine, administrators all; 32 characters or more. Without one there is no such way in
 * @param localTokenFile a file with it, instead
 * @param firstRunFile where the link for the first administrator is left while there is no account; without one it is logged
 * @param sessionIdle after which a session ends that is not used
 * @param sessionLimit after which a session ends, used or not
 * @param signInWindow in which failed tries to sign in are counted
 * @param triesOfAccount how many may fail within it for one account from one address
 * @param triesOfAddress how many may fail within it from one address
 * @param triesFromEverywhere how many may fail within it for one account from all addresses together
 * @param requestsPerSecond of one caller, on the average
 * @param linkLife how long a link to set a password is good
 */
@Validated
@ConfigurationProperties("holdfast.access")
public record AccessProperties(
        @Nullable String localToken,
        @Nullable Path localTokenFile,
        @Nullable Path firstRunFile,
        @NotNull @DefaultValue("12h") Duration sessionIdle,
        @NotNull @DefaultValue("7d") Duration sessionLimit,
        @NotNull @DefaultValue("15m") Duration signInWindow,
        @Positive @DefaultValue("10") int triesOfAccount,
        @Positive @DefaultValue("30") int triesOfAddress,
        @Positive @DefaultValue("100") int triesFromEverywhere,
        @Positive @DefaultValue("2000") int requestsPerSecond,
        @NotNull @DefaultValue("24h") Duration linkLife) {

    /** Without the token. */
    @Override
    public String toString() {
        return "AccessProperties[sessionLimit=" + sessionLimit + "]";
    }
}
