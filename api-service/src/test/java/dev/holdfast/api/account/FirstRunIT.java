package dev.holdfast.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.PageClient;
import dev.holdfast.api.RunningApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstRunIT {
    private static final String PASSWORD = "the first of all passwords";

    @TempDir
    Path directory;

    @Test
    void the_link_makes_one_administrator_and_is_closed_for_good() throws Exception {
        var file = directory.resolve("first-run");
        try (var api = RunningApi.start("--holdfast.access.first-run-file=" + file)) {
            var link = Files.readString(file).strip();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(new PageClient(api).get("/sign-in").header("location")).endsWith("/first-run");
            assertThat(new PageClient(api).get("/first-run?link=guessed").text())
                    .contains("not good");
            var person = new PageClient(api);
            assertThat(person.get(link).text()).contains("first administrator");

            var made = create(person, link, "Ada");

            assertThat(made.status()).as(made.text()).isEqualTo(302);
            assertThat(person.get("/accounts").text()).contains("Ada");
            assertThat(file).doesNotExist();
            assertThat(new PageClient(api).get(link).header("location")).endsWith("/sign-in");
            assertThat(create(person, link, "Eve").status()).isEqualTo(422);
            try (var another = api.another("--holdfast.access.first-run-file=" + file)) {
                assertThat(file).doesNotExist();
                assertThat(another.get("/api/v1/accounts").json().get("items")).hasSize(1);
            }
        }
    }

    @Test
    void of_many_who_use_it_at_once_one_becomes_the_administrator() throws Exception {
        var file = directory.resolve("first-run");
        try (var api = RunningApi.start("--holdfast.access.first-run-file=" + file);
                var pool = Executors.newFixedThreadPool(6)) {
            var link = Files.readString(file).strip();
            var tries = new ArrayList<Callable<Integer>>();
            for (int n = 0; n < 6; n++) {
                var name = "person-" + n;
                tries.add(() -> {
                    var person = new PageClient(api);
                    person.get(link);
                    return create(person, link, name).status();
                });
            }

            var statuses = new ArrayList<Integer>();
            for (var attempt : pool.invokeAll(tries)) {
                statuses.add(attempt.get());
            }

            assertThat(statuses).containsOnlyOnce(302);
            assertThat(api.get("/api/v1/accounts").json().get("items")).hasSize(1);
        }
    }

    private static RunningApi.Answer create(PageClient person, String link, String name) {
        return person.post(
                "/first-run",
                "link",
                link.substring(link.indexOf('=') + 1),
                "name",
                name,
                "password",
                PASSWORD,
                "repeated",
                PASSWORD);
    }
}
