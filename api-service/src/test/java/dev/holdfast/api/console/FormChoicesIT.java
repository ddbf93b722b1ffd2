package dev.holdfast.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.PageClient;
import dev.holdfast.api.RunningApi;
import dev.holdfast.api.RunningApi.Answer;
import dev.holdfast.api.TestAccounts;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a form offers is what it takes: something else, which only a program sends, is no silent default. */
class FormChoicesIT {
    private static final RunningApi API = RunningApi.shared();

    private final PageClient person = PageClient.signedIn(API, TestAccounts.signInable(API, "administrator"));

    @Test
    void a_mode_that_there_is_not_is_refused_and_an_absent_one_is_the_default() {
        person.get("/sources/new");

        var refused = add("sslMode", "sometimes");
        var absent = add();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("id=\"sslMode-error\"", "must be one of disable, allow, prefer");
        assertThat(absent.status()).as(absent.text()).isIn(302, 303);
        assertThat(person.get(absent.header("location")).text()).contains("prefer");
    }

    @Test
    void a_kind_of_backup_that_there_is_not_is_refused() {
        API.createSource("kinds");
        person.get("/backups/new");

        var kind = person.post("/backups", "source", "kinds", "type", "half", "media", "");
        var media = person.post("/backups", "source", "kinds", "type", "full", "media", "perhaps");
        var none = person.post("/backups", "source", "kinds");

        assertThat(kind.status()).isEqualTo(422);
        assertThat(kind.text()).contains("id=\"type-error\"");
        assertThat(media.status()).isEqualTo(422);
        assertThat(media.text()).contains("must be one of the choices above");
        assertThat(none.status()).isIn(302, 303);
    }

    private Answer add(String... choice) {
        var fields = Stream.of("name", "modes", "host", "db", "port", "5432", "database", "d", "username", "u");
        return person.post("/sources", Stream.concat(fields, Stream.of(choice)).toArray(String[]::new));
    }
}
