package dev.holdfast.common.failure;

import java.util.List;

/**
 * One thing that someone can do about a failure.
 *
 * @param commands to type, in this order, with the real names in them; empty where there is nothing to type
 * @param destructive whether it deletes something that can't be brought back
 */
public record Remedy(String title, List<String> commands, boolean destructive) {}
