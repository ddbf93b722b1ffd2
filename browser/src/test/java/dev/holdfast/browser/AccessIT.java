package dev.holdfast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Coming in, and who else may. */
@ExtendWith(ConsoleStart.class)
class AccessIT {
    private final Console console;

    AccessIT(Console console) {
        this.console = console;
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT_WIDE", "DARK_PHONE"})
    void the_pages_are_for_everybody_in_every_look(Look look) {
        try (var stranger = console.stranger(look)) {
            stranger.open("/sign-in");
            stranger.inspect("sign-in");
            stranger.open("/set-password?link=void");
            stranger.inspect("set-password-void");
        }
        try (var visit = console.visit(look)) {
            for (var page : new String[] {"accounts", "tokens", "audit", "password"}) {
                visit.open("/" + page);
                visit.inspect(page);
            }
        }
    }

    @Test
    void somebody_signs_in_by_the_keyboard_alone_and_out_again() {
        try (var visit = console.stranger(Look.LIGHT_WIDE)) {
            var page = visit.open("/tokens");
            assertThat(page).hasURL(Pattern.compile(".*/sign-in"));
            page.keyboard().type(Console.ADMINISTRATOR);
            page.keyboard().press("Tab");
            page.keyboard().type(Console.PASSWORD);
            page.keyboard().press("Enter");
            assertThat(page).hasURL(Pattern.compile(".*/tokens.*"));

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                    .click();

            assertThat(page.getByText("You have signed out.")).isVisible();
            page.navigate(console.product().address() + "/tokens");
            assertThat(page).hasURL(Pattern.compile(".*/sign-in"));
        }
    }

    @Test
    void who_is_signed_in_at_the_identity_provider_comes_in_from_there() {
        try (var visit = console.stranger(Look.LIGHT_WIDE)) {
            console.provider().somebody("42", "Linus", "ops");
            var page = visit.open("/tokens");

            page.getByText("Sign in with Example Inc.").click();

            assertThat(page).hasURL(Pattern.compile(".*/tokens.*"));
            assertThat(page.locator(".who")).containsText("Linus");
            assertThat(page.locator(".who")).containsText("operator");
            assertThat(page.locator("nav a[href='/accounts']")).hasCount(0);
            visit.inspect("tokens-provider");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                    .click();
            assertThat(page.getByText("You have signed out.")).isVisible();
        }
    }

    @Test
    void who_has_no_group_there_is_told_so_and_stays_outside() {
        try (var visit = console.stranger(Look.DARK_PHONE)) {
            console.provider().somebody("43", "Mallory", "visitors");
            var page = visit.open("/sign-in");

            page.getByText("Sign in with Example Inc.").click();

            assertThat(page.locator("[role=alert]")).containsText("no group that gives a role");
            visit.inspect("sign-in-no-group");
            visit.open("/backups");
            assertThat(page).hasURL(Pattern.compile(".*/sign-in"));
        }
    }

    @Test
    void a_colleague_is_invited_and_sees_only_what_they_may() {
        try (var visit = console.visit(Look.LIGHT_WIDE);
                var colleague = console.stranger(Look.DARK_WIDE)) {
            var page = visit.open("/accounts");
            page.fill("#name", "Grace");
            page.selectOption("#role", "VIEWER");
            page.getByText("Make the account").click();
            var link = page.locator(".command code").textContent();
            visit.inspect("accounts-invited");

            var theirs = colleague.page();
            theirs.navigate(link);
            colleague.inspect("set-password");
            theirs.fill("#password", "what Grace has thought of");
            theirs.fill("#repeated", "what Grace has thought of");
            theirs.getByText("Set the password").click();
            theirs.fill("#username", "grace");
            theirs.fill("#password", "what Grace has thought of");
            theirs.locator("main button").click();

            assertThat(theirs.locator(".who")).containsText("Grace");
            assertThat(theirs.locator("nav a[href='/accounts']")).hasCount(0);
            theirs.navigate(console.product().address() + "/accounts");
            assertThat(theirs.locator("main")).containsText("administrator");
            colleague.inspect("forbidden");
        }
    }

    @Test
    void a_token_is_shown_once_and_works() {
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/tokens");
            page.fill("#name", "deploy script");
            page.selectOption("#scope", "OPERATOR");
            page.getByText("Make the token").click();
            var secret = page.locator(".command code").textContent();

            assertThat(new Rest(console.product().address(), secret)
                            .get("/api/v1/me")
                            .path("role")
                            .asString())
                    .isEqualTo("operator");
            visit.open("/tokens");
            assertThat(page.content()).doesNotContain(secret);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "'-alert(1)-'",
                "javascript:alert(1)",
                "${7*7}#{7*7}[[${7*7}]]",
                "<svg/onload=alert(1)>"
            })
    void a_name_is_text_whatever_is_in_it(String name) {
        console.rest().post("/api/v1/accounts", Map.of("name", name, "role", "viewer"), 201);
        try (var visit = console.visit(Look.LIGHT_WIDE)) {
            var page = visit.open("/accounts");

            assertThat(page.locator("td.name")
                            .getByText(name, new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true)))
                    .isVisible();
            visit.open("/audit");
            assertThat(page.locator("h1")).hasText("Audit");
        }
    }

    @Test
    void a_page_of_another_site_changes_nothing_and_reads_nothing() throws IOException {
        var attack = """
                <form id=f method=post enctype="text/plain" action="%1$s/api/v1/accounts">
                <input name='{"name":"forged","role":"administrator","x":"' value='"}'></form>
                <form id=g method=post action="%1$s/accounts"><input name=name value=forged><input name=role value=ADMINISTRATOR></form>
                <iframe name=a></iframe><iframe name=b></iframe>
                <script>
                f.target = 'a'; g.target = 'b'; f.submit(); g.submit();
                fetch('%1$s/api/v1/accounts', {credentials: 'include'}).then(() => document.title = 'read', () => document.title = 'kept out');
                </script>""".formatted(console.product().address());
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var bytes = ("<!DOCTYPE html><title>attack</title>" + attack).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            var visit = console.visit(Look.LIGHT_WIDE);
            var page = visit.page();
            page.navigate("http://127.0.0.1:" + server.getAddress().getPort());
            assertThat(page).hasTitle("kept out");
            page.waitForLoadState();
            // What the browser complains of here is what is wanted.
            visit.forgive();
            visit.close();
        } finally {
            server.stop(0);
        }
        assertThat(console.rest().get("/api/v1/accounts").toString()).doesNotContain("forged");
    }
}
