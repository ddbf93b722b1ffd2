package dev.holdfast.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.PageClient;
import dev.holdfast.api.RunningApi;
import dev.holdfast.api.RunningApi.Answer;
import dev.holdfast.api.TestAccounts;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Signing in at an identity provider. */
class ProviderIT {

    @Test
    void groups_there_give_roles_here_at_each_sign_in() throws Exception {
        try (var provider = new TestProvider();
                var api = start(provider)) {
            TestAccounts.signInable(api, "administrator");
            provider.somebody("1", "Ada", "ops", "other");
            var ada = new PageClient(api);

            var first = through(ada, api);

            assertThat(first.status()).isEqualTo(302);
            assertThat(first.header("location")).doesNotContain("sign-in");
            assertThat(ada.get("/tokens").text()).contains("Ada").contains("operator");
            assertThat(ada.get("/accounts").status()).isEqualTo(403);

            provider.somebody("1", "Ada", "admins");
            var again = new PageClient(api);
            through(again, api);
            assertThat(again.get("/accounts").text()).contains(provider.issuer());

            provider.somebody("1", "Ada");
            var left = through(new PageClient(api), api);
            assertThat(left.status()).isEqualTo(401);
            assertThat(left.text()).contains("no group that gives a role");
            through(new PageClient(api), api);
            for (int n = 0; n < 3; n++) {
                new PageClient(api).get("/login/oauth2/code/oidc?code=made&state=up");
            }
            assertThat(api.get("/api/v1/audit?action=sign-in")
                            .json()
                            .get("items")
                            .valueStream()
                            .filter(entry -> entry.get("status").asInt(0) == 401))
                    .as("two of Ada, and the first of what anybody can make up")
                    .hasSize(3);
        }
    }

    @Test
    void another_role_there_ends_the_sessions_that_began_before() throws Exception {
        try (var provider = new TestProvider();
                var api = start(provider)) {
            TestAccounts.signInable(api, "administrator");
            provider.somebody("1", "Ada", "admins");
            var desk = new PageClient(api);
            through(desk, api);
            var phone = new PageClient(api);
            through(phone, api);
            assertThat(desk.get("/accounts").status()).isEqualTo(200);

            provider.somebody("1", "Ada", "ops");
            through(phone, api);

            assertThat(desk.get("/tokens").status()).isEqualTo(302);
            assertThat(phone.get("/tokens").text()).contains("Ada").contains("operator");
            assertThat(phone.get("/accounts").status()).isEqualTo(403);
            assertThat(results(api)).containsExactly("operator, as the identity provider says");
            var again = new PageClient(api);
            through(again, api);
            assertThat(phone.get("/tokens").status())
                    .as("the same role ends no session")
                    .isEqualTo(200);
        }
    }

    @Test
    void who_has_no_role_there_any_more_is_shut_out_until_they_have_one() throws Exception {
        try (var provider = new TestProvider();
                var api = start(provider)) {
            TestAccounts.signInable(api, "administrator");
            provider.somebody("1", "Ada", "ops");
            var desk = new PageClient(api);
            through(desk, api);
            var token = TestAccounts.token(api, account(api, "Ada").get("id").asString(), "operator");

            provider.somebody("1", "Ada");
            assertThat(through(new PageClient(api), api).status()).isEqualTo(401);
            assertThat(through(desk, api).status()).isEqualTo(401);

            assertThat(desk.get("/tokens").status()).isEqualTo(302);
            assertThat(statusWith(api, token)).isEqualTo(401);
            assertThat(account(api, "Ada").get("disabled").asBoolean()).isTrue();
            assertThat(api.get("/accounts", "Accept", "text/html").text()).contains("has no role at");
            assertThat(results(api)).containsExactly("shut out, having no role at the identity provider");

            provider.somebody("1", "Ada", "ops");
            through(desk, api);
            assertThat(desk.get("/tokens").text()).contains("Ada");
            assertThat(statusWith(api, token)).isEqualTo(200);
        }
    }

    @Test
    void whom_an_administrator_has_shut_out_stays_out_whatever_the_provider_says() throws Exception {
        try (var provider = new TestProvider();
                var api = start(provider)) {
            TestAccounts.signInable(api, "administrator");
            provider.somebody("1", "Ada", "ops");
            through(new PageClient(api), api);
            provider.somebody("1", "Ada");
            through(new PageClient(api), api);
            var address = "/api/v1/accounts/" + account(api, "Ada").get("id").asString();

            api.send("PUT", address, "{\"role\": \"operator\", \"disabled\": true}");
            provider.somebody("1", "Ada", "admins");
            var back = through(new PageClient(api), api);

            assertThat(back.status()).isEqualTo(401);
            assertThat(back.text()).contains("this account is shut out");
            assertThat(account(api, "Ada").get("disabled").asBoolean()).isTrue();
        }
    }

    @Test
    void the_last_administrator_stays_one_with_another_role_there_and_is_shut_out_with_none() throws Exception {
        try (var provider = new TestProvider();
                var api = start(provider)) {
            provider.somebody("1", "Ada", "admins");
            through(new PageClient(api), api);

            provider.somebody("1", "Ada", "ops");
            var last = new PageClient(api);
            through(last, api);
            assertThat(last.get("/accounts").status()).isEqualTo(200);
            assertThat(results(api))
                    .containsExactly(
                            "stays administrator, since nobody else is one; the identity provider says operator");

            provider.somebody("1", "Ada");
            through(new PageClient(api), api);
            assertThat(last.get("/accounts").status()).isEqualTo(302);
            assertThat(api.bean(Accounts.class).hasAdministrator()).isFalse();

            provider.somebody("1", "Ada", "admins");
            through(last, api);
            assertThat(last.get("/accounts").status()).isEqualTo(200);

            TestAccounts.signInable(api, "administrator");
            provider.somebody("1", "Ada", "ops");
            through(last, api);
            assertThat(last.get("/accounts").status()).isEqualTo(403);
        }
    }

    private static JsonNode account(RunningApi api, String name) {
        return api.get("/api/v1/accounts")
                .json()
                .get("items")
                .valueStream()
                .filter(account -> account.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static int statusWith(RunningApi api, String token) {
        return api.get("/api/v1/backups", "Authorization", "Bearer " + token).status();
    }

    /** What became of accounts by the provider's word. */
    private static List<String> results(RunningApi api) {
        return api.get("/api/v1/audit?action=account.change")
                .json()
                .get("items")
                .valueStream()
                .map(entry -> entry.get("result").asString())
                .toList();
    }

    @Test
    void a_provider_that_is_down_keeps_nobody_else_out() throws Exception {
        try (var api = RunningApi.start(
                "--holdfast.access.oidc.issuer=http://127.0.0.1:1", "--holdfast.access.oidc.client-id=holdfast")) {
            var name = TestAccounts.signInable(api, "administrator");

            assertThat(new PageClient(api).get("/sign-in").text()).contains("Sign in with your identity provider");
            PageClient.signedIn(api, name);
            var refused = new PageClient(api).get("/oauth2/authorization/oidc");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text()).contains("does not answer as it should").contains("autocomplete=\"username\"");
        }
    }

    @Test
    void a_provider_that_dies_or_refuses_while_somebody_is_there_is_told() throws Exception {
        try (var provider = new TestProvider();
                var api = start(provider)) {
            TestAccounts.signInable(api, "administrator");
            provider.somebody("1", "Ada", "ops");
            var denied = new PageClient(api);
            var state = stateOf(denied.get("/oauth2/authorization/oidc").header("location"));

            var refused = denied.get("/login/oauth2/code/oidc?error=access_denied&state=" + state);

            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.text()).contains("Your identity provider did not let you in.");

            var client = new PageClient(api);
            var there = client.follow(
                    URI.create(client.get("/oauth2/authorization/oidc").header("location")));
            provider.close();
            var back = client.get(there.header("location")
                    .substring(api.address("").toString().length()));
            assertThat(back.status()).isEqualTo(503);
            assertThat(back.text()).contains("does not answer as it should");

            var broken = new PageClient(api);
            var its = stateOf(broken.get("/oauth2/authorization/oidc").header("location"));
            var misconfigured = broken.get("/login/oauth2/code/oidc?error=invalid_client&state=" + its);
            assertThat(misconfigured.status())
                    .as("nothing that somebody who signs in can do")
                    .isEqualTo(503);

            assertThat(new PageClient(api).get("/oauth2/authorization/made-up").status())
                    .isEqualTo(404);
            var stray = new PageClient(api).get("/login/oauth2/code/oidc?code=c&state=x");
            assertThat(stray.status()).isEqualTo(401);
            assertThat(stray.text()).contains("once more from the start");
        }
    }

    private static String stateOf(String location) {
        return location.replaceFirst(".*[?&]state=([^&]+).*", "$1");
    }

    private static RunningApi start(TestProvider provider) {
        return RunningApi.start(
                "--holdfast.access.oidc.issuer=" + provider.issuer(),
                "--holdfast.access.oidc.client-id=holdfast",
                "--holdfast.access.oidc.client-secret=s",
                "--holdfast.access.oidc.administrators=admins",
                "--holdfast.access.oidc.operators=ops");
    }

    /** Follows the redirects as a browser does. */
    private static Answer through(PageClient client, RunningApi api) throws Exception {
        var out = client.get("/oauth2/authorization/oidc");
        var there = client.follow(URI.create(out.header("location")));
        return client.get(
                there.header("location").substring(api.address("").toString().length()));
    }
}
