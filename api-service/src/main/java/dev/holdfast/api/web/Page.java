package dev.holdfast.api.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next what to send as {@code cursor} for the following part; null at the end
 */
public record Page<T>(
        List<T> items,

        @Schema(example = "k5VlDPk4C47bIkprJIoekk6P0K4uGpSS") @Nullable
        String next) {}
