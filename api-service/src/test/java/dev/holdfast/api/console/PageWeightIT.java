package dev.holdfast.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.PageClient;
import dev.holdfast.api.RunningApi;
import dev.holdfast.api.RunningApi.Answer;
import dev.holdfast.api.TestAccounts;
import dev.holdfast.api.access.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a browser that has nothing yet is sent for each page, with hardly any data in it. How much it is is printed. */
class PageWeightIT {
    private static final int MOST = 150_000;
    private static final Pattern FILE = Pattern.compile("(?:href|src)=\"(/console/[^\"]+)\"");
    private static final Pattern NO_PAGE =
            Pattern.compile("/|/(api|console|actuator|v3|oauth2|login)[/.].*|/actuator|/favicon.ico");

    /** The description of REST is shown by Swagger UI, of which each half alone weighs more. */
    private static final String REFERENCE = "/api-docs";

    /** For whoever is not signed in; the second says here that it wants a link. */
    private static final List<String> WAYS_IN = List.of("/sign-in", "/set-password");

    @TempDir
    private static Path directory;

    private static RunningApi api;
    private static PageClient somebody;
    private static int firstRun;
    private static String source;
    private static String backup;

    @BeforeAll
    static void start() throws IOException {
        var link = directory.resolve("first-run");
        api = RunningApi.start("--holdfast.access.first-run-file=" + link);
        // There is no such page any more once somebody administers.
        firstRun = weigh(new PageClient(api), Files.readString(link).strip());
        answer("/actuator/health/readiness", "{}");
        answer("/internal/v1/doctor", """
                {"status": "pass", "checkedAt": "2026-01-02T03:04:05Z", "checks": [], "worker": {"name": "w", "tools": [],
                 "volume": {"root": "/app/backups", "totalBytes": 1000000, "freeBytes": 600000}}}""");
        for (var list : List.of("log", "alerts", "channels", "parked-messages")) {
            answer("/api/v1/" + list, "{\"items\": [], \"next\": null}");
        }
        somebody = PageClient.signedIn(api, TestAccounts.signInable(api, "administrator"));
        source = api.createSource("weighed");
        backup = api.post("/api/v1/backups", "{\"source\": \"weighed\"}")
                .json()
                .get("id")
                .asString();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    static List<String> pages() {
        return api.bean(Routes.class).all().stream()
                .filter(route -> route.methods().contains("GET"))
                .map(route -> route.pattern().getPatternString())
                .filter(pattern -> !NO_PAGE.matcher(pattern).matches()
                        && !Set.of("/first-run", REFERENCE).contains(pattern))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_with_all_it_needs_weighs_little(String pattern) {
        var path = pattern.replace("{id}", pattern.startsWith("/sources") ? source : backup);

        int weight = weigh(WAYS_IN.contains(path) ? new PageClient(api) : somebody, path);

        assertThat(weight).isBetween(1, MOST);
    }

    @Test
    void so_does_the_page_of_the_first_administrator() {
        assertThat(firstRun).isBetween(1, MOST);
    }

    private static int weigh(PageClient visitor, String path) {
        var page = visitor.get(path);
        assertThat(page.text()).as(path).contains("<title>", "· Holdfast");
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        var files = FILE.matcher(page.text())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(files).hasSizeGreaterThanOrEqualTo(4);
        int weight = weight(visitor.get(path, "Accept-Encoding", "gzip"))
                + files.stream()
                        .mapToInt(file -> weight(api.get(file, "Accept-Encoding", "gzip")))
                        .sum();
        System.out.printf("%-60s %,7d bytes with %d files%n", path, weight, files.size());
        return weight;
    }

    private static int weight(Answer answer) {
        assertThat(answer.header("content-encoding")).isIn("gzip", answer.body().length < 2048 ? "" : "gzip");
        return answer.body().length;
    }

    private static void answer(String path, String json) {
        api.worker().on(path, exchange -> {
            var bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }
}
