package dev.holdfast.common.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the connection to a source is protected, the least first (PostgreSQL manual, chapter "SSL Support", table of sslmode values). */
public enum SslMode {
    @JsonProperty("disable")
    DISABLE("disable"),
    @JsonProperty("allow")
    ALLOW("allow"),
    @JsonProperty("prefer")
    PREFER("prefer"),
    @JsonProperty("require")
    REQUIRE("require"),
    @JsonProperty("verify-ca")
    VERIFY_CA("verify-ca"),
    @JsonProperty("verify-full")
    VERIFY_FULL("verify-full");

    private final String libpqName;

    SslMode(String libpqName) {
        this.libpqName = libpqName;
    }

    /** The value that libpq and pgjdbc know. */
    public String libpqName() {
        return libpqName;
    }
}
