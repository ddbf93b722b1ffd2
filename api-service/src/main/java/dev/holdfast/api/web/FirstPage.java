package dev.holdfast.api.web;

/** Where a person goes first who opens the address without more. */
public interface FirstPage {
    /** The path of that page, as things stand. */
    String path();
}
