package dev.holdfast.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.PageClient;
import dev.holdfast.api.RunningApi;
import dev.holdfast.api.TestAccounts;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConsoleFrameIT {
    private static final Pattern FILE = Pattern.compile("(?:href|src)=\"(/console/[^\"]+)\"");
    private final RunningApi api = RunningApi.shared();

    @Test
    void a_person_gets_a_page_for_what_is_not_there_and_a_program_a_problem() {
        var page = PageClient.signedIn(api, TestAccounts.signInable(api, "viewer"))
                .get("/nowhere", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        var problem = api.get("/nowhere");

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.header("content-type")).startsWith("text/html");
        assertThat(page.text()).contains("There is nothing at this address", "aria-label=\"Main\"");
        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.header("content-type")).isEqualTo("application/problem+json");
    }

    @Test
    void rest_answers_with_problems_whatever_is_accepted() {
        var answer = api.get("/api/v1/nowhere", "Accept", "text/html");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    }

    @Test
    void the_front_door_leads_a_person_to_the_backups_once_there_is_something_to_back_up() {
        api.createSource("behind the front door");

        var answer = api.get("/", "Accept", "text/html");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("location")).endsWith("/backups");
    }

    @Test
    void what_a_page_needs_is_named_by_its_contents_and_kept_for_a_year() {
        var page = api.get("/nowhere", "Accept", "text/html").text();

        var files = FILE.matcher(page).results().map(found -> found.group(1)).toList();

        assertThat(files).hasSizeGreaterThanOrEqualTo(4).allMatch(file -> file.matches(".*-[0-9a-f]{32}\\.\\w+"));
        for (var file : files) {
            var answer = api.get(file, "Accept-Encoding", "gzip");
            assertThat(answer.status()).as(file).isEqualTo(200);
            assertThat(answer.header("cache-control")).as(file).contains("max-age=31536000", "immutable");
        }
    }

    @Test
    void a_page_with_all_it_needs_weighs_little() {
        var page = api.get("/nowhere", "Accept", "text/html").text();

        var weight = FILE.matcher(page)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .mapToInt(file -> api.get(file, "Accept-Encoding", "gzip").body().length)
                .sum();

        assertThat(weight).isBetween(1, 60_000);
    }

    @Test
    void nothing_of_a_page_is_inline() {
        var page = api.get("/nowhere", "Accept", "text/html").text();

        assertThat(page)
                .doesNotContain("<style", " style=", "javascript:")
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContainPattern("\\son\\w+=");
    }

    @Test
    void rest_takes_no_form() {
        var answer = api.post("/api/v1/backups", "source=shop", "Content-Type", "application/x-www-form-urlencoded");

        assertThat(answer.status()).isEqualTo(415);
    }
}
