package dev.holdfast.api.console.access;

import dev.holdfast.api.access.Caller;
import dev.holdfast.api.access.Callers;
import dev.holdfast.api.access.Role;
import dev.holdfast.api.account.ApiTokens;
import dev.holdfast.api.account.EditTokens;
import dev.holdfast.api.console.Notice;
import dev.holdfast.api.web.problem.ApiProblem;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Tokens of programs: one's own, and for an administrator everybody's. */
@Controller
class TokenPages {
    private static final String LIST = "console/access/tokens";

    private final ApiTokens tokens;
    private final EditTokens edit;
    private final Clock clock;

    TokenPages(ApiTokens tokens, EditTokens edit, Clock clock) {
        this.tokens = tokens;
        this.edit = edit;
        this.clock = clock;
    }

    @GetMapping("/tokens")
    String list(Model model) {
        return list(model, Map.of());
    }

    private String list(Model model, Map<String, String> errors) {
        var caller = Callers.require();
        model.addAttribute("tokens", visible(caller));
        model.addAttribute(
                "scopes",
                Arrays.stream(Role.values()).filter(caller.role()::covers).toList());
        model.addAttribute("own", caller.id());
        model.addAttribute("errors", errors);
        return LIST;
    }

    private List<dev.holdfast.api.account.ApiToken> visible(Caller caller) {
        if (caller.role() == Role.ADMINISTRATOR) {
            return tokens.all();
        }
        return caller.id() == null ? List.of() : tokens.of(caller.id());
    }

    /** The secret is on the page that answers, and nowhere else. */
    @PostMapping("/tokens")
    String create(
            @RequestParam String name,
            @RequestParam Role scope,
            @RequestParam int days,
            Model model,
            HttpServletResponse response) {
        try {
            var created = edit.create(Callers.require(), null, name, scope, end(days));
            model.addAttribute("secret", created.secret());
            model.addAttribute("created", created.token().name());
            return list(model, Map.of());
        } catch (ApiProblem refused) {
            response.setStatus(refused.code().status());
            model.addAttribute("name", name);
            return list(model, Names.errors(refused));
        }
    }

    /** @param days from now; 0 for never */
    private @Nullable Instant end(int days) {
        return days == 0 ? null : clock.instant().plus(Duration.ofDays(days));
    }

    @PostMapping("/tokens/{id}/revoke")
    String revoke(@PathVariable UUID id) {
        edit.revoke(Callers.require(), id);
        return "redirect:" + Notice.TOKEN_REVOKED.on("/tokens");
    }
}
