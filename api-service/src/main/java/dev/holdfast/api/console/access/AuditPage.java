package dev.holdfast.api.console.access;

import dev.holdfast.api.access.Route;
import dev.holdfast.api.access.Routes;
import dev.holdfast.api.audit.AuditEntry;
import dev.holdfast.api.audit.AuditLog;
import dev.holdfast.api.web.PageRequest;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Who did what. */
@Controller
class AuditPage {
    private final AuditLog log;
    private final AuditNames names;
    private final Routes routes;

    AuditPage(AuditLog log, AuditNames names, Routes routes) {
        this.log = log;
        this.names = names;
        this.routes = routes;
    }

    @GetMapping("/audit")
    String list(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        var who = given(actor);
        var what = given(action);
        var request = PageRequest.of("audit page actor=%s action=%s".formatted(who, what), cursor, null);
        var page = request.page(log.list(who, what, request), AuditEntry::id, entry -> entry);
        model.addAttribute("entries", page.items());
        model.addAttribute("names", names.of(page.items()));
        model.addAttribute("older", page.next() == null ? null : address(who, what, page.next()));
        model.addAttribute("newest", cursor == null ? null : address(who, what, null));
        model.addAttribute("actor", who);
        model.addAttribute("action", what);
        model.addAttribute("actions", actions());
        return "console/access/audit";
    }

    private TreeSet<String> actions() {
        var names = routes.all().stream()
                .map(Route::action)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        // Of those whom nobody knows yet.
        names.addAll(List.of("sign-in", "first-run", "set-password"));
        return names;
    }

    private static String address(@Nullable String actor, @Nullable String action, @Nullable String cursor) {
        var address = UriComponentsBuilder.fromPath("/audit");
        if (actor != null) {
            address.queryParam("actor", "{actor}");
        }
        if (action != null) {
            address.queryParam("action", "{action}");
        }
        if (cursor != null) {
            address.queryParam("cursor", "{cursor}");
        }
        return address.encode()
                .buildAndExpand(java.util.Map.of(
                        "actor",
                        String.valueOf(actor),
                        "action",
                        String.valueOf(action),
                        "cursor",
                        String.valueOf(cursor)))
                .toUriString();
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank()
                ? null
                : text.replace('\0', '\uFFFD').strip();
    }
}
