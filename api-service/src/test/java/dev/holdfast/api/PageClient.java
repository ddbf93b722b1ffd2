package dev.holdfast.api;

import dev.holdfast.api.RunningApi.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A browser without script: it keeps cookies, and sends a form's hidden token along. */
public final class PageClient {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final RunningApi api;
    private final HttpClient http;
    private String csrf = "";

    public PageClient(RunningApi api) {
        this.api = api;
        this.http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    }

    /** Signs in, and fails where that is refused. */
    public static PageClient signedIn(RunningApi api, String name) {
        var client = new PageClient(api);
        var answer = client.signIn(name, TestAccounts.PASSWORD);
        if (answer.status() != 302 || answer.header("location").contains("sign-in")) {
            throw new IllegalStateException(answer.status() + " " + answer.header("location"));
        }
        return client;
    }

    public Answer signIn(String name, String password) {
        get("/sign-in");
        return post("/sign-in", "username", name, "password", password);
    }

    public Answer get(String path, String... headers) {
        var request = HttpRequest.newBuilder(api.address(path)).header("Accept", "text/html");
        for (int at = 0; at < headers.length; at += 2) {
            request.setHeader(headers[at], headers[at + 1]);
        }
        return send(request.build());
    }

    /** Looks at an address of another site. */
    public Answer follow(java.net.URI address) {
        return send(HttpRequest.newBuilder(address).build());
    }

    /** Sends a form with the token of the page that was looked at last. */
    public Answer post(String path, String... fields) {
        return form(path, csrf, fields);
    }

    public Answer postWithoutToken(String path, String... fields) {
        return form(path, "", fields);
    }

    private Answer form(String path, String token, String... fields) {
        var form = new StringBuilder();
        if (!token.isEmpty()) {
            form.append("_csrf=").append(encoded(token)).append('&');
        }
        for (int at = 0; at < fields.length; at += 2) {
            form.append(fields[at]).append('=').append(encoded(fields[at + 1])).append('&');
        }
        return send(HttpRequest.newBuilder(api.address(path))
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.toString()))
                .build());
    }

    /** A request of script with the session of this browser. */
    public Answer json(String method, String path, String body) {
        return send(HttpRequest.newBuilder(api.address(path))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    }

    private Answer send(HttpRequest request) {
        try {
            var response = http.send(request, BodyHandlers.ofByteArray());
            var answer = new Answer(response.statusCode(), response.headers(), response.body());
            var found = CSRF.matcher(answer.text());
            if (found.find()) {
                csrf = found.group(1);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
