package dev.holdfast.api.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.api.PageClient;
import dev.holdfast.api.RunningApi;
import dev.holdfast.api.TestAccounts;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class AccountsIT {
    private static final RunningApi API = RunningApi.shared();
    private static final String PASSWORD = TestAccounts.PASSWORD;

    @Test
    void whoever_is_not_signed_in_is_sent_to_the_page_where_they_can() {
        TestAccounts.signInable(API, "administrator");
        var stranger = new PageClient(API).get("/accounts");

        assertThat(stranger.status()).isEqualTo(302);
        assertThat(stranger.header("location")).endsWith("/sign-in");
        assertThat(API.get("/api/v1/sources", "Authorization", "Bearer nobodys-token-of-32-characters-or-more")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void after_signing_in_the_wanted_page_comes() {
        var name = TestAccounts.signInable(API, "administrator");
        var person = new PageClient(API);
        person.get("/accounts");

        var signedIn = person.signIn(name, PASSWORD);

        assertThat(signedIn.header("location")).contains("/accounts");
        assertThat(person.get("/accounts").text()).contains(name).contains("Sign out");
    }

    @Test
    void a_role_shows_only_what_it_may_and_the_rest_is_refused() {
        var viewer = PageClient.signedIn(API, TestAccounts.signInable(API, "viewer"));

        var tokens = viewer.get("/tokens");
        var accounts = viewer.get("/accounts");

        assertThat(tokens.text()).doesNotContain("href=\"/accounts\"").doesNotContain("value=\"ADMINISTRATOR\"");
        assertThat(accounts.status()).isEqualTo(403);
        assertThat(accounts.text()).contains("role administrator").contains("FORBIDDEN");
        assertThat(viewer.post("/tokens", "name", "mine", "scope", "ADMINISTRATOR", "days", "30")
                        .status())
                .isEqualTo(400);
        assertThat(viewer.json("DELETE", "/api/v1/sources/" + UUID.randomUUID(), null)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_form_without_the_sessions_token_changes_nothing() {
        var name = TestAccounts.signInable(API, "administrator");
        var person = PageClient.signedIn(API, name);
        person.get("/accounts");

        var forged = person.postWithoutToken("/accounts", "name", "forged", "role", "ADMINISTRATOR");
        var script = person.json("POST", "/api/v1/accounts", "{\"name\": \"forged\", \"role\": \"administrator\"}");

        assertThat(forged.status()).isEqualTo(403);
        assertThat(script.status()).isEqualTo(403);
        assertThat(person.get("/accounts").text()).doesNotContain("forged");
    }

    @Test
    void a_new_password_ends_every_session() {
        var name = TestAccounts.signInable(API, "operator");
        var desk = PageClient.signedIn(API, name);
        var phone = PageClient.signedIn(API, name);
        desk.get("/password");

        var changed = desk.post(
                "/password",
                "current",
                PASSWORD,
                "password",
                "another long sentence",
                "repeated",
                "another long sentence");

        assertThat(changed.status()).as(changed.text()).isEqualTo(302);
        assertThat(phone.get("/tokens").status()).isEqualTo(302);
        assertThat(desk.get("/tokens").status()).isEqualTo(302);
        assertThat(new PageClient(API).signIn(name, PASSWORD).status()).isEqualTo(401);
        assertThat(new PageClient(API).signIn(name, "another long sentence").status())
                .isEqualTo(302);
    }

    @Test
    void a_changed_role_ends_the_sessions_and_holds_for_tokens_at_once() {
        var created =
                API.post("/api/v1/accounts", "{\"name\": \"%s\", \"role\": \"operator\"}".formatted(UUID.randomUUID()));
        var id = created.json().at("/account/id").asString();
        var token = TestAccounts.token(API, id, "operator");

        API.send("PUT", "/api/v1/accounts/" + id, "{\"role\": \"viewer\"}");
        var asViewer = API.post("/api/v1/backups", "{}", "Authorization", "Bearer " + token);
        API.send("PUT", "/api/v1/accounts/" + id, "{\"role\": \"viewer\", \"disabled\": true}");
        var asNobody = API.get("/api/v1/backups", "Authorization", "Bearer " + token);

        assertThat(asViewer.status()).isEqualTo(403);
        assertThat(asNobody.status()).isEqualTo(401);
    }

    @Test
    void guessing_is_stopped_also_when_many_guess_at_once() throws Exception {
        var name = TestAccounts.signInable(API, "operator");
        try (var pool = Executors.newFixedThreadPool(8)) {
            var guesses = new ArrayList<Callable<Integer>>();
            for (int n = 0; n < 24; n++) {
                guesses.add(
                        () -> new PageClient(API).signIn(name, "a wrong guess").status());
            }
            var statuses = new ArrayList<Integer>();
            for (var guess : pool.invokeAll(guesses)) {
                statuses.add(guess.get());
            }
            assertThat(statuses).contains(429).containsOnly(401, 429);
            assertThat(statuses.stream().filter(status -> status == 401).count())
                    .isLessThanOrEqualTo(10);
        }

        var right = new PageClient(API).signIn(name, PASSWORD);

        assertThat(right.status()).isEqualTo(429);
        assertThat(Integer.parseInt(right.header("retry-after"))).isBetween(1, 901);
        forgetTries();
    }

    @Test
    void ten_wrong_passwords_are_answered_and_the_eleventh_is_not_until_a_link_sets_a_new_one() {
        forgetTries();
        var name = TestAccounts.signInable(API, "operator");
        var statuses = new ArrayList<Integer>();
        for (int n = 0; n < 11; n++) {
            statuses.add(new PageClient(API).signIn(name, "a wrong guess").status());
        }

        var id = API.get("/api/v1/accounts")
                .json()
                .get("items")
                .valueStream()
                .filter(account -> account.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();
        var link = API.send("POST", "/api/v1/accounts/" + id + "/password-link", null)
                .json()
                .get("link")
                .asString();
        var secret = link.substring(link.indexOf('=') + 1);
        var person = new PageClient(API);
        person.get(link);
        person.post("/set-password", "link", secret, "password", PASSWORD, "repeated", PASSWORD);

        assertThat(statuses.subList(0, 10)).containsOnly(401);
        assertThat(statuses.get(10)).isEqualTo(429);
        PageClient.signedIn(API, name);
    }

    @Test
    void nobody_is_shut_out_by_one_address_that_guesses_and_guessing_from_everywhere_has_an_end() {
        forgetTries();
        var name = TestAccounts.signInable(API, "operator");
        var attempts = API.bean(SignInAttempts.class);
        for (int n = 0; n < 10; n++) {
            attempts.begin(name, "192.0.2.1");
        }

        assertThatThrownBy(() -> attempts.begin(name, "192.0.2.1")).isInstanceOf(TooManyAttempts.class);
        for (int n = 0; n < 90; n++) {
            attempts.begin(name, "198.51.100." + n);
        }
        assertThatThrownBy(() -> attempts.begin(name, "203.0.113.1")).isInstanceOf(TooManyAttempts.class);
        forgetTries();
    }

    @Test
    void whoever_wanted_the_front_page_gets_it() {
        var name = TestAccounts.signInable(API, "administrator");
        var person = new PageClient(API);
        person.get("/");

        var signedIn = person.signIn(name, PASSWORD);

        assertThat(signedIn.header("location")).endsWith("/").doesNotContain("?");
    }

    @Test
    void a_token_makes_no_tokens_but_an_administrators() {
        var token = TestAccounts.token(API, "operator");

        var form = API.send(HttpRequest.newBuilder(API.address("/tokens"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("name=x&scope=VIEWER&days=0"))
                .build());

        assertThat(form.status()).isEqualTo(403);
    }

    @Test
    void what_a_database_can_not_store_is_refused() {
        assertThat(API.get("/api/v1/audit?actor=a%00b").status()).isEqualTo(400);
        assertThat(new PageClient(API).signIn("a\0b", "x").status()).isEqualTo(401);
        assertThat(API.get("/audit?actor=a%00b", "Accept", "text/html").status())
                .isEqualTo(200);
    }

    @Test
    void a_link_sets_a_password_once() {
        var created =
                API.post("/api/v1/accounts", "{\"name\": \"%s\", \"role\": \"viewer\"}".formatted(UUID.randomUUID()));
        var link = created.json().get("link").asString();
        var secret = link.substring(link.indexOf('=') + 1);
        var person = new PageClient(API);
        person.get(link);

        var shortOne = person.post("/set-password", "link", secret, "password", "short", "repeated", "short");
        person.get(link);
        var set = person.post("/set-password", "link", secret, "password", PASSWORD, "repeated", PASSWORD);
        var again = person.post("/set-password", "link", secret, "password", PASSWORD, "repeated", PASSWORD);

        assertThat(shortOne.status()).isEqualTo(422);
        assertThat(shortOne.text()).contains("from 12 to 1000");
        assertThat(set.status()).isEqualTo(302);
        assertThat(again.text()).contains("was used");
        assertThat(API.bean(JdbcClient.class)
                        .sql("select count(*) from one_time_link where account_id = :id::uuid")
                        .param("id", created.json().at("/account/id").asString())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void a_link_of_an_account_that_is_shut_out_or_deleted_sets_no_password() {
        var created =
                API.post("/api/v1/accounts", "{\"name\": \"%s\", \"role\": \"viewer\"}".formatted(UUID.randomUUID()));
        var address = "/api/v1/accounts/" + created.json().at("/account/id").asString();
        var link = created.json().get("link").asString();

        API.send("PUT", address, "{\"role\": \"viewer\", \"disabled\": true}");
        var shutOut = setPassword(link);
        var another = API.send("POST", address + "/password-link", null);
        API.send("PUT", address, "{\"role\": \"viewer\"}");
        var letInAgain = setPassword(link);
        var newLink = API.send("POST", address + "/password-link", null)
                .json()
                .get("link")
                .asString();
        API.send("DELETE", address, null);
        var deleted = setPassword(newLink);

        assertThat(another.status()).isEqualTo(400);
        assertThat(another.text()).contains("is shut out");
        assertThat(List.of(shutOut, letInAgain, deleted)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text()).contains("was used");
        });
    }

    private static RunningApi.Answer setPassword(String link) {
        var person = new PageClient(API);
        // For the token of the form, which the page of a void link has not.
        person.get("/sign-in");
        var secret = link.substring(link.indexOf('=') + 1);
        return person.post("/set-password", "link", secret, "password", PASSWORD, "repeated", PASSWORD);
    }

    @Test
    void nothing_that_is_kept_lets_anybody_in() {
        var name = TestAccounts.signInable(API, "viewer");
        var token = TestAccounts.token(API, "viewer");
        var jdbc = API.bean(JdbcClient.class);

        var hash = jdbc.sql("select password_hash from account where name = :name")
                .param("name", name)
                .query(String.class)
                .single();
        var tokens =
                jdbc.sql("select t::text from api_token t").query(String.class).list();

        assertThat(hash).startsWith("$argon2id$");
        assertThat(String.join("\n", tokens)).doesNotContain(token);
    }

    @Test
    void the_last_administrator_stays() {
        try (var fresh = RunningApi.start()) {
            var only = TestAccounts.signInable(fresh, "administrator");
            var id = fresh.get("/api/v1/accounts").json().at("/items/0/id").asString();
            var person = PageClient.signedIn(fresh, only);

            var same = fresh.send("PUT", "/api/v1/accounts/" + id, "{\"role\": \"administrator\"}");
            var demoted = fresh.send("PUT", "/api/v1/accounts/" + id, "{\"role\": \"viewer\"}");
            var shutOut =
                    fresh.send("PUT", "/api/v1/accounts/" + id, "{\"role\": \"administrator\", \"disabled\": true}");
            var deleted = fresh.send("DELETE", "/api/v1/accounts/" + id, null);

            assertThat(demoted.json().get("code").asString()).isEqualTo("LAST_ADMINISTRATOR");
            assertThat(shutOut.status()).isEqualTo(409);
            assertThat(deleted.status()).isEqualTo(409);
            assertThat(same.status()).isEqualTo(200);
            assertThat(person.get("/accounts").status())
                    .as("what is refused, or changes nothing, ends no session")
                    .isEqualTo(200);
        }
    }

    @Test
    void two_accounts_can_not_be_told_apart_by_their_case() {
        var name = "Ada-" + UUID.randomUUID();
        API.post("/api/v1/accounts", "{\"name\": \"%s\", \"role\": \"viewer\"}".formatted(name));

        var again = API.post(
                "/api/v1/accounts",
                "{\"name\": \"%s\", \"role\": \"viewer\"}".formatted(name.toUpperCase(java.util.Locale.ROOT)));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().at("/errors/0/pointer").asString()).isEqualTo("/name");
    }

    private static void forgetTries() {
        API.bean(JdbcClient.class).sql("delete from sign_in_attempt").update();
    }
}
