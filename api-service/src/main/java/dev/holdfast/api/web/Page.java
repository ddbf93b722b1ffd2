package dev.holdfast.api.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next what to send as {@code cursor} for the following part; null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {}
