package dev.holdfast.api.console.access;

import dev.holdfast.api.access.AccessProperties;
import dev.holdfast.api.access.Callers;
import dev.holdfast.api.account.Account;
import dev.holdfast.api.account.Accounts;
import dev.holdfast.api.account.EditAccounts;
import dev.holdfast.api.account.OneTimeLinks;
import dev.holdfast.api.account.ProviderProperties;
import dev.holdfast.api.account.SignInHandlers;
import dev.holdfast.api.account.SignInRecord;
import dev.holdfast.api.console.Notice;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;

/** The ways in: with a password, by the link of the first administrator, by a link to set a password. */
@Controller
class SignInPages {
    private final Accounts accounts;
    private final EditAccounts edit;
    private final OneTimeLinks links;
    private final SignInRecord record;
    private final ProviderProperties provider;
    private final AccessProperties access;
    private final Clock clock;

    SignInPages(
            Accounts accounts,
            EditAccounts edit,
            OneTimeLinks links,
            ProviderProperties provider,
            Clock clock,
            SignInRecord record,
            AccessProperties access) {
        this.accounts = accounts;
        this.edit = edit;
        this.links = links;
        this.record = record;
        this.provider = provider;
        this.access = access;
        this.clock = clock;
    }

    @GetMapping("/sign-in")
    String form(@RequestParam(required = false) @Nullable String out, Model model) {
        if (accounts.isEmpty()) {
            return "redirect:/first-run";
        }
        if (Callers.current().isPresent()) {
            return "redirect:/";
        }
        model.addAttribute("provider", provider.issuer() == null ? null : provider.name());
        model.addAttribute("signedOut", out != null);
        return "console/access/sign-in";
    }

    /** Reached by a forward alone, after a try that failed. */
    @RequestMapping(
            path = "/sign-in/refused",
            method = {RequestMethod.GET, RequestMethod.POST})
    String refused(HttpServletRequest request, Model model) {
        model.addAttribute("provider", provider.issuer() == null ? null : provider.name());
        model.addAttribute("refusal", request.getAttribute(SignInHandlers.REFUSAL));
        model.addAttribute("username", request.getParameter("username"));
        return "console/access/sign-in";
    }

    @GetMapping("/first-run")
    String firstRun(@RequestParam(required = false) @Nullable String link, Model model) {
        if (accounts.hasAdministrator()) {
            return "redirect:/sign-in";
        }
        model.addAttribute("errors", Map.of());
        model.addAttribute("link", link);
        model.addAttribute("good", link != null && links.isForFirstAdministrator(link));
        return "console/access/first-run";
    }

    @PostMapping("/first-run")
    String createFirst(
            @RequestParam String link,
            @RequestParam String name,
            @RequestParam String password,
            @RequestParam String repeated,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            requireSame(password, repeated);
            var first = edit.createFirst(link, name, password);
            record.passwordSet(request, "first-run", first.name());
            return signedIn(request, first.name(), password)
                    ? "redirect:/"
                    : "redirect:" + Notice.PASSWORD_SET.on("/sign-in");
        } catch (ApiProblem refused) {
            model.addAttribute("name", name);
            model.addAttribute("link", link);
            model.addAttribute("good", refused.code() != ProblemCode.LINK_VOID);
            return again(refused, model, response, "console/access/first-run");
        }
    }

    /** Not where this address has used up its tries, or has signed in already by other means. */
    private boolean signedIn(HttpServletRequest request, String name, String password) {
        try {
            request.login(name, password);
            request.changeSessionId();
            request.getSession()
                    .setMaxInactiveInterval((int) access.sessionIdle().toSeconds());
            return true;
        } catch (ServletException e) {
            return false;
        }
    }

    @GetMapping("/set-password")
    String setPassword(@RequestParam(required = false) @Nullable String link, Model model) {
        return passwordForm(link, model);
    }

    private String passwordForm(@Nullable String link, Model model) {
        var account = link == null
                ? Optional.<Account>empty()
                : links.account(link, clock.instant()).flatMap(accounts::find);
        model.addAttribute("errors", Map.of());
        model.addAttribute("link", link);
        model.addAttribute("account", account.map(Account::name).orElse(null));
        return "console/access/set-password";
    }

    @PostMapping("/set-password")
    String set(
            @RequestParam String link,
            @RequestParam String password,
            @RequestParam String repeated,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            requireSame(password, repeated);
            record.passwordSet(
                    request, "set-password", edit.setPasswordBy(link, password).name());
            return "redirect:" + Notice.PASSWORD_SET.on("/sign-in");
        } catch (ApiProblem refused) {
            var page = passwordForm(link, model);
            return again(refused, model, response, page);
        }
    }

    private static void requireSame(String password, String repeated) {
        Names.requireSame(password, repeated);
    }

    private static String again(ApiProblem refused, Model model, HttpServletResponse response, String page) {
        model.addAttribute("errors", Names.errors(refused));
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return page;
    }
}
