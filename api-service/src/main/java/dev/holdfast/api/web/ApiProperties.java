package dev.holdfast.api.web;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the door lets in.
 *
 * @param allowedHosts names beside the loopback ones that a request's Host header may have; {@code *} for any
 * @param maxBodySize of a request
 * @param maxBodyTime within which all of it must have come
 */
@Validated
@ConfigurationProperties("holdfast.api")
record ApiProperties(
        @NotNull @DefaultValue List<String> allowedHosts,
        @NotNull @DefaultValue("256KB") DataSize maxBodySize,
        @NotNull @DefaultValue("30s") Duration maxBodyTime) {}
