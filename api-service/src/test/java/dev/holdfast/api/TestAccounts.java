package dev.holdfast.api;

import java.util.UUID;

/** People and programs of every role, for tests. */
public final class TestAccounts {
    public static final String PASSWORD = "a sentence that nobody guesses";

    private TestAccounts() {}

    /** A new account with its password set; returns its name. */
    public static String signInable(RunningApi api, String role) {
        var name = role + "-" + UUID.randomUUID();
        var created = api.post("/api/v1/accounts", "{\"name\": \"%s\", \"role\": \"%s\"}".formatted(name, role));
        var link = created.json().get("link").asString();
        var page = new PageClient(api);
        page.get(link);
        page.post(
                "/set-password",
                "link",
                link.substring(link.indexOf('=') + 1),
                "password",
                PASSWORD,
                "repeated",
                PASSWORD);
        return name;
    }

    /** The secret of a token of a new account of this role. */
    public static String token(RunningApi api, String role) {
        var created =
                api.post("/api/v1/accounts", "{\"name\": \"%s\", \"role\": \"%s\"}".formatted(UUID.randomUUID(), role));
        var account = created.json().at("/account/id").asString();
        return token(api, account, role);
    }

    public static String token(RunningApi api, String account, String scope) {
        var token = api.post(
                "/api/v1/tokens",
                "{\"account\": \"%s\", \"name\": \"test\", \"scope\": \"%s\"}".formatted(account, scope));
        return token.json().get("secret").asString();
    }
}
