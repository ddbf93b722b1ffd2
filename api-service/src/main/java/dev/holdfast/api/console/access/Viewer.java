package dev.holdfast.api.console.access;

import dev.holdfast.api.access.Caller;
import dev.holdfast.api.access.Callers;
import dev.holdfast.api.access.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** For templates: who looks at the page, and what they may do. It only hides what would be refused. */
@Component("viewer")
public class Viewer {

    /** Whoever has signed in; null before. */
    public @Nullable Caller caller() {
        return Callers.current().orElse(null);
    }

    /** Whether they may run, cancel and download backups. */
    public boolean operates() {
        return may(Role.OPERATOR);
    }

    /** Whether they may change sources and accounts. */
    public boolean administers() {
        return may(Role.ADMINISTRATOR);
    }

    private static boolean may(Role role) {
        return Callers.current().filter(caller -> caller.role().covers(role)).isPresent();
    }
}
