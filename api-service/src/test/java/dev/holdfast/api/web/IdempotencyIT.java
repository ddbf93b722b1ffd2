package dev.holdfast.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.RunningApi;
import dev.holdfast.api.RunningApi.Answer;
import dev.holdfast.api.TestAccounts;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class IdempotencyIT {
    private static final RunningApi API = RunningApi.shared();

    @BeforeAll
    static void aSource() {
        API.createSource("idempotent");
    }

    @Test
    void fifty_at_once_with_one_key_are_one_backup_and_one_answer() throws Exception {
        var key = UUID.randomUUID().toString();
        List<Answer> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var requests = IntStream.range(0, 50)
                    .mapToObj(count ->
                            threads.submit(() -> request("{\"source\": \"idempotent\", \"name\": \"fifty\"}", key)))
                    .toList();
            answers = requests.stream()
                    .map(request -> {
                        try {
                            return request.get();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(202));
        assertThat(answers.stream().map(Answer::text).collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(answers.stream().map(answer -> answer.header("location")).collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(named("fifty")).isEqualTo(1);
    }

    @Test
    void the_same_request_in_another_order_is_the_same() {
        var key = UUID.randomUUID().toString();

        var first = request("{\"source\": \"idempotent\", \"metadata\": {\"a\": 1, \"b\": 2}}", key);
        var second = request("{ \"metadata\": {\"b\": 2, \"a\": 1}, \"source\": \"idempotent\" }", key);

        assertThat(second.text()).isEqualTo(first.text());
    }

    @Test
    void a_key_of_somebody_else_is_another_one() {
        var key = UUID.randomUUID().toString();
        var other = TestAccounts.token(API, "operator");

        var mine = request("{\"source\": \"idempotent\", \"name\": \"mine\"}", key);
        var theirs = API.post(
                "/api/v1/backups",
                "{\"source\": \"idempotent\", \"name\": \"theirs\"}",
                "Idempotency-Key",
                key,
                "Authorization",
                "Bearer " + other);

        assertThat(theirs.status()).isEqualTo(202);
        assertThat(theirs.header("location")).isNotEqualTo(mine.header("location"));
    }

    @Test
    void a_key_is_good_for_one_request_alone() {
        var key = UUID.randomUUID().toString();
        request("{\"source\": \"idempotent\"}", key);

        var other = request("{\"source\": \"idempotent\", \"name\": \"other\"}", key);

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().get("code").asString()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(other.json().get("errors").get(0).get("header").asString()).isEqualTo("Idempotency-Key");
        assertThat(named("other")).isZero();
    }

    @Test
    void a_refused_request_leaves_its_key_free() {
        var key = UUID.randomUUID().toString();

        var refused = request("{\"source\": \"no such source\"}", key);
        var corrected = request("{\"source\": \"idempotent\"}", key);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(corrected.status()).isEqualTo(202);
    }

    @Test
    void after_a_day_a_key_is_new() {
        var key = UUID.randomUUID().toString();
        var first = request("{\"source\": \"idempotent\"}", key);
        API.bean(JdbcClient.class)
                .sql(
                        "update idempotent_request set created_at = created_at - interval '25 hours' where key like '% ' || ?")
                .param(key)
                .update();

        var second = request("{\"source\": \"idempotent\", \"name\": \"a day later\"}", key);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.header("location")).isNotEqualTo(first.header("location"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "\t"})
    void a_key_is_visible_ascii(String key) {
        var answer = request("{\"source\": \"idempotent\"}", key);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    }

    private static Answer request(String json, String key) {
        return API.post("/api/v1/backups", json, "Idempotency-Key", key);
    }

    private static int named(String name) {
        return API.bean(JdbcClient.class)
                .sql("select count(*) from backup where name = ?")
                .param(name)
                .query(Integer.class)
                .single();
    }
}
