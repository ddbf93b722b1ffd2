package dev.holdfast.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.PageClient;
import dev.holdfast.api.RunningApi;
import dev.holdfast.api.RunningApi.Answer;
import dev.holdfast.api.TestAccounts;
import java.net.URI;
import org.junit.jupiter.api.Test;

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
