package dev.holdfast.api.console.access;

import dev.holdfast.api.access.Callers;
import dev.holdfast.api.access.Role;
import dev.holdfast.api.account.Accounts;
import dev.holdfast.api.account.EditAccounts;
import dev.holdfast.api.account.EditAccounts.Invitation;
import dev.holdfast.api.console.Notice;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who may come in, and one's own password. */
@Controller
class AccountPages {
    private static final String LIST = "console/access/accounts";
    private static final String OWN = "console/access/password";

    private final Accounts accounts;
    private final EditAccounts edit;
    private final Origin origin;

    AccountPages(Accounts accounts, EditAccounts edit, Origin origin) {
        this.accounts = accounts;
        this.edit = edit;
        this.origin = origin;
    }

    @GetMapping("/accounts")
    String list(Model model) {
        return list(model, Map.of());
    }

    private String list(Model model, Map<String, String> errors) {
        model.addAttribute("accounts", accounts.all());
        model.addAttribute("roles", Role.values());
        model.addAttribute("errors", errors);
        return LIST;
    }

    @PostMapping("/accounts")
    String create(@RequestParam String name, @RequestParam Role role, Model model, HttpServletResponse response) {
        try {
            return shown(edit.invite(name, role), model);
        } catch (ApiProblem refused) {
            response.setStatus(refused.code().status());
            model.addAttribute("name", name);
            return list(model, Names.errors(refused));
        }
    }

    /** Once, and at no address: the page can't be opened again. */
    private String shown(Invitation invitation, Model model) {
        model.addAttribute("invited", invitation.account().name());
        model.addAttribute("link", origin.of("/set-password?link=" + invitation.secret()));
        return list(model, Map.of());
    }

    @PostMapping("/accounts/{id}")
    String change(
            @PathVariable UUID id,
            @RequestParam Role role,
            @RequestParam(required = false) @Nullable Boolean disabled,
            Model model,
            HttpServletResponse response) {
        try {
            edit.change(id, role, Boolean.TRUE.equals(disabled));
            return "redirect:" + Notice.ACCOUNT_CHANGED.on("/accounts");
        } catch (ApiProblem refused) {
            response.setStatus(refused.code().status());
            return list(model, Names.errors(refused));
        }
    }

    @PostMapping("/accounts/{id}/password-link")
    String relink(@PathVariable UUID id, Model model, HttpServletResponse response) {
        try {
            return shown(edit.relink(id), model);
        } catch (ApiProblem refused) {
            response.setStatus(refused.code().status());
            return list(model, Names.errors(refused));
        }
    }

    @PostMapping("/accounts/{id}/delete")
    String delete(@PathVariable UUID id, @RequestParam String typed, Model model, HttpServletResponse response) {
        try {
            var account = accounts.find(id);
            if (account.isPresent() && !account.get().name().equals(typed.strip())) {
                response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
                return list(model, Map.of("", "To delete an account, type its name exactly."));
            }
            edit.delete(id);
            return "redirect:" + Notice.ACCOUNT_DELETED.on("/accounts");
        } catch (ApiProblem refused) {
            response.setStatus(refused.code().status());
            return list(model, Names.errors(refused));
        }
    }

    @GetMapping("/password")
    String own(Model model) {
        model.addAttribute("errors", Map.of());
        return OWN;
    }

    @PostMapping("/password")
    String change(
            @RequestParam String current,
            @RequestParam String password,
            @RequestParam String repeated,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            var caller = Callers.require();
            Names.requireSame(password, repeated);
            if (caller.id() == null) {
                throw new ApiProblem(
                        ProblemCode.ACCOUNT_NOT_FOUND, "the local token is no account and has no password");
            }
            edit.changePassword(caller.id(), current, password, request.getRemoteAddr());
            return "redirect:" + Notice.PASSWORD_SET.on("/sign-in");
        } catch (ApiProblem refused) {
            response.setStatus(refused.code().status());
            model.addAttribute("errors", Names.errors(refused));
            return OWN;
        }
    }
}
