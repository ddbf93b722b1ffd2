package dev.holdfast.api.console.notification;

import dev.holdfast.api.document.Documents;
import dev.holdfast.api.upstream.Upstream;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** Asks the notification-service for what pages show. */
@Component
public class NotificationReader {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** A test message goes to a mail server that may be slow. */
    private static final Duration CHANGE_LIMIT = Duration.ofSeconds(60);

    private static final TypeReference<Refused> REFUSED = new TypeReference<>() {};

    private final Upstream notification;
    private final Documents documents;

    NotificationReader(Upstream notification, Documents documents) {
        this.notification = notification;
        this.documents = documents;
    }

    /**
     * Reads something.
     *
     * @param query values by the names of parameters; empty ones are left out
     * @throws ApiProblem when the service does not answer, or refuses: then its detail says why
     */
    public <T> T read(String path, Map<String, String> query, TypeReference<T> type) {
        var address = UriComponentsBuilder.fromPath(path);
        var values = new HashMap<String, Object>();
        query.forEach((name, value) -> {
            if (!value.isBlank()) {
                address.queryParam(name, "{" + name + "}");
                values.put(name, value);
            }
        });
        return exchange("GET", address.encode().buildAndExpand(values).toUriString(), LIMIT, type);
    }

    /**
     * Has something done, and reads what came of it.
     *
     * @throws ApiProblem when the service does not answer, or refuses: then its detail says why
     */
    public <T> T post(String path, TypeReference<T> type) {
        return exchange("POST", path, CHANGE_LIMIT, type);
    }

    /**
     * Has something done whose answer has nothing in it.
     *
     * @throws ApiProblem when the service does not answer, or refuses: then its detail says why
     */
    public void change(String method, String path) {
        var reply = notification.exchange(method, path, null, CHANGE_LIMIT);
        if (!reply.isSuccess()) {
            throw refusal(reply);
        }
    }

    private <T> T exchange(String method, String path, Duration limit, TypeReference<T> type) {
        var reply = notification.exchange(method, path, null, limit);
        if (!reply.isSuccess()) {
            throw refusal(reply);
        }
        try {
            return Objects.requireNonNull(documents.read(reply.body(), type));
        } catch (JacksonException e) {
            throw new ApiProblem(
                    ProblemCode.UPSTREAM_FAILED, "the notification-service's answer can't be read", List.of(), e);
        }
    }

    private record Refused(
            @Nullable String detail, @Nullable String fix) {
        String inWords(String otherwise) {
            var what = detail == null ? otherwise : detail;
            return fix == null ? what : what + "; " + fix;
        }
    }

    private ApiProblem refusal(Upstream.Reply reply) {
        var code = switch (reply.status()) {
            case 404 -> ProblemCode.NOT_FOUND;
            case 400 -> ProblemCode.VALIDATION_FAILED;
            case 409 -> ProblemCode.CONFLICT;
            default -> ProblemCode.UPSTREAM_FAILED;
        };
        try {
            var refused = documents.read(reply.body(), REFUSED);
            return new ApiProblem(code, refused == null ? code.title() : refused.inWords(code.title()));
        } catch (JacksonException e) {
            return new ApiProblem(
                    ProblemCode.UPSTREAM_FAILED,
                    "the notification-service answered with " + reply.status(),
                    List.of(),
                    e);
        }
    }
}
