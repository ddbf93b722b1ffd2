package dev.holdfast.notification.web;

/**
 * What is wrong with one query parameter.
 *
 * @param detail lower-case fact, then what would be right
 */
public record InvalidParameter(String parameter, String detail) {}
