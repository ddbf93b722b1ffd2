package dev.holdfast.api.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.api.PageClient;
import dev.holdfast.api.RunningApi;
import dev.holdfast.api.TestAccounts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is done to an account while something else is done to it. Locks of the database hold the one up until the other is done. */
class SameMomentIT {
    private static final RunningApi API = RunningApi.shared();
    private static final String ANOTHER = "another long sentence";

    private final JdbcClient jdbc = API.bean(JdbcClient.class);

    @Test
    void a_sign_in_under_way_gets_nowhere_once_the_role_is_another() throws Exception {
        assertThat(signInWhile((id, pool) -> API.send("PUT", "/api/v1/accounts/" + id, "{\"role\": \"viewer\"}")))
                .isEqualTo(302);
    }

    @Test
    void a_sign_in_under_way_gets_nowhere_once_the_account_is_shut_out() throws Exception {
        assertThat(signInWhile((id, pool) ->
                        API.send("PUT", "/api/v1/accounts/" + id, "{\"role\": \"operator\", \"disabled\": true}")))
                .isEqualTo(302);
    }

    @Test
    void a_sign_in_under_way_gets_nowhere_once_the_account_was_shut_out_and_let_in_again() throws Exception {
        assertThat(signInWhile((id, pool) -> {
                    API.send("PUT", "/api/v1/accounts/" + id, "{\"role\": \"operator\", \"disabled\": true}");
                    API.send("PUT", "/api/v1/accounts/" + id, "{\"role\": \"operator\"}");
                }))
                .isEqualTo(302);
    }

    @Test
    void a_sign_in_under_way_gets_nowhere_once_the_account_is_deleted() throws Exception {
        assertThat(signInWhile((id, pool) -> API.send("DELETE", "/api/v1/accounts/" + id, null)))
                .isEqualTo(302);
    }

    @Test
    void a_sign_in_under_way_gets_nowhere_once_the_password_is_another() throws Exception {
        assertThat(signInWhile((id, pool) -> {
                    setMeanwhile(id, secretOfLink(id), pool);
                }))
                .isEqualTo(302);
    }

    @Test
    void a_sign_in_under_way_gets_in_where_nothing_changes() throws Exception {
        assertThat(signInWhile((id, pool) -> API.send("PUT", "/api/v1/accounts/" + id, "{\"role\": \"operator\"}")))
                .isEqualTo(200);
    }

    @Test
    void of_two_who_use_a_link_at_once_one_sets_the_password() throws Exception {
        var id = idOf(TestAccounts.signInable(API, "viewer"));
        var link = secretOfLink(id);
        var outcomes = new ArrayList<Integer>();

        try (var pool = Executors.newVirtualThreadPerTaskExecutor();
                var held = holdAccount(id)) {
            var first = pool.submit(() -> setPassword(link, "the sentence of the first"));
            var second = pool.submit(() -> setPassword(link, "the sentence of the second"));
            awaitWaiting(2, "update account set password_hash");
            held.commit();
            outcomes.addAll(List.of(first.get(), second.get()));
        }

        assertThat(outcomes).containsExactlyInAnyOrder(302, 422);
    }

    @Test
    void of_two_links_that_are_made_at_once_one_is_good() throws Exception {
        var id = idOf(TestAccounts.signInable(API, "viewer"));

        try (var pool = Executors.newVirtualThreadPerTaskExecutor();
                var held = holdAccount(id)) {
            var first = pool.submit(() -> secretOfLink(id));
            var second = pool.submit(() -> secretOfLink(id));
            awaitWaiting(2, "");
            held.commit();
            var links = API.bean(OneTimeLinks.class);

            assertThat(List.of(first.get(), second.get()))
                    .filteredOn(link -> links.account(link, Instant.now()).isPresent())
                    .hasSize(1);
        }
    }

    @Test
    void a_change_of_a_password_does_not_undo_what_a_link_has_set_meanwhile() throws Exception {
        var name = TestAccounts.signInable(API, "operator");
        var id = idOf(name);
        var link = secretOfLink(id);
        var edit = API.bean(EditAccounts.class);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> changing;
            try (var held = holdTries(name)) {
                changing = pool.submit(() -> edit.changePassword(
                        UUID.fromString(id), TestAccounts.PASSWORD, "the sentence of a thief", "192.0.2.1"));
                awaitWaiting(1, "delete from sign_in_attempt");
                setMeanwhile(id, link, pool);
                held.commit();
            }
            assertThat(changing).failsWithin(Duration.ofSeconds(20));
        }

        assertThat(new PageClient(API).signIn(name, ANOTHER).header("location")).doesNotContain("sign-in");
    }

    private void setMeanwhile(String id, String link, ExecutorService pool) {
        var before = passwordOf(id);
        pool.submit(() -> API.bean(EditAccounts.class).setPasswordBy(link, ANOTHER));
        await().until(() -> !passwordOf(id).equals(before));
    }

    private Connection holdTries(String name) throws SQLException {
        jdbc.sql("insert into sign_in_attempt (id, name, address, at) values (gen_random_uuid(), :name, '', now())")
                .param("name", name)
                .update();
        return hold("select from api.sign_in_attempt where name = '" + name + "' for update");
    }

    private static int setPassword(String link, String password) {
        var person = new PageClient(API);
        person.get("/set-password?link=" + link);
        return person.post("/set-password", "link", link, "password", password, "repeated", password)
                .status();
    }

    private static Connection holdAccount(String id) throws SQLException {
        return hold("select from api.account where id = '" + id + "' for update");
    }

    /** Signs in with a right password, has the change made before there is a session, and returns what a page answers to that. */
    private int signInWhile(Change change) throws Exception {
        var name = TestAccounts.signInable(API, "operator");
        var id = idOf(name);
        var person = new PageClient(API);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            try (var held = holdTries(name)) {
                var signingIn = pool.submit(() -> person.signIn(name, TestAccounts.PASSWORD));
                awaitWaiting(1, "delete from sign_in_attempt");

                change.make(id, pool);

                held.commit();
                assertThat(signingIn.get().status()).isEqualTo(302);
            }
            return person.get("/tokens").status();
        }
    }

    private static Connection hold(String lock) throws SQLException {
        var connection = API.database().dataSource("postgres").getConnection();
        connection.setAutoCommit(false);
        connection.createStatement().execute(lock);
        return connection;
    }

    private void awaitWaiting(int number, String statement) {
        await().until(() ->
                jdbc.sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like :query")
                                .param("query", statement + "%")
                                .query(Integer.class)
                                .single()
                        == number);
    }

    private String idOf(String name) {
        return jdbc.sql("select id::text from account where name = :name")
                .param("name", name)
                .query(String.class)
                .single();
    }

    private String passwordOf(String id) {
        return jdbc.sql("select password_hash from account where id = :id::uuid")
                .param("id", id)
                .query(String.class)
                .single();
    }

    private static String secretOfLink(String id) {
        var link = API.send("POST", "/api/v1/accounts/" + id + "/password-link", null)
                .json()
                .get("link")
                .asString();
        return link.substring(link.indexOf('=') + 1);
    }

    private interface Change {
        void make(String id, ExecutorService pool);
    }
}
