package dev.holdfast.api.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What somebody may do; each may do what the ones before it may. */
public enum Role {
    /** Sees everything but the bytes of backups. */
    VIEWER,
    /** Runs, cancels and downloads backups. */
    OPERATOR,
    /** Changes sources, accounts and settings. */
    ADMINISTRATOR;

    /** Whether this role is enough where another one is asked for. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** The lesser of the two: what a token of this scope may do for an account of that role. */
    public Role within(Role other) {
        return covers(other) ? other : this;
    }

    /** Its name in JSON and on pages. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
